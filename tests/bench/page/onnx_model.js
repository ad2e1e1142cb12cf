// The bytes of an ONNX model: probabilities = Softmax(Where(mask, fill, scores), axis -1), written
// here in protobuf's wire format so that no file of another program is needed.

const varint = (value) => {
  const bytes = [];
  for (let rest = BigInt.asUintN(64, BigInt(value)); ; rest >>= 7n) {
    if (rest < 128n) return [...bytes, Number(rest)];
    bytes.push(Number(rest & 127n) | 128);
  }
};
const number = (field, value) => [...varint(field << 3), ...varint(value)];
const bytes = (field, content) => [
  ...varint((field << 3) | 2),
  ...varint(content.length),
  ...content,
];
const text = (field, value) => bytes(field, new TextEncoder().encode(value));

// onnx.proto's numbers for what is used here.
const FLOAT = 1;
const BOOL = 9;
const ATTRIBUTE_INT = 2;

const node = (type, inputs, output, ...attributes) => [
  ...inputs.flatMap((name) => text(1, name)),
  ...text(2, output),
  ...text(4, type),
  ...attributes.flatMap((attribute) => bytes(5, attribute)),
];

const tensor = (name, type, shape) => {
  const dims = shape.flatMap((size) => bytes(1, number(1, size)));
  const tensorType = [...number(1, type), ...bytes(2, dims)];
  return [...text(1, name), ...bytes(2, bytes(1, tensorType))];
};

/** @param {number} rows @param {number} cols @param {number} fill @returns {Uint8Array} */
export function maskedSoftmaxModel(rows, cols, fill) {
  const fillBytes = new Uint8Array(Float32Array.of(fill).buffer);
  const axis = [...text(1, "axis"), ...number(3, -1), ...number(20, ATTRIBUTE_INT)];
  const graph = [
    ...bytes(1, node("Where", ["mask", "fill", "scores"], "masked_scores")),
    ...bytes(1, node("Softmax", ["masked_scores"], "probabilities", axis)),
    ...text(2, "masked_softmax"),
    ...bytes(5, [...number(2, FLOAT), ...text(8, "fill"), ...bytes(9, fillBytes)]),
    ...bytes(11, tensor("scores", FLOAT, [rows, cols])),
    ...bytes(11, tensor("mask", BOOL, [1, cols])),
    ...bytes(12, tensor("probabilities", FLOAT, [rows, cols])),
  ];
  const opset = number(2, 13);
  return Uint8Array.from([...number(1, 8), ...bytes(7, graph), ...bytes(8, opset)]);
}
