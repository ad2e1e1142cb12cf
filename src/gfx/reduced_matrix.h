// A matrix as the heatmaps' textures hold it: small enough, and without NaN or infinity among the
// numbers. Pure computation, no OpenGL.
#ifndef SOFTMASK_GFX_REDUCED_MATRIX_H_
#define SOFTMASK_GFX_REDUCED_MATRIX_H_

#include <cstdint>
#include <span>
#include <vector>

#include "core/mask.h"
#include "view/number_text.h"

namespace softmask::gfx {

// No more than a heatmap beside the program's own has pixels, so that reading 16 million cells and
// uploading what is left of them is a matter of some milliseconds.
inline constexpr int kMaxTextureRows = 512;
inline constexpr int kMaxTextureCols = 2048;

// The cells that share one texel: `rows` by `cols` of them (fewer at the far edges). 1 by 1 unless
// the matrix has more rows or columns than a texture.
struct Block {
  int rows = 1;
  int cols = 1;
  bool operator==(const Block&) const = default;
};
Block block_for(int rows, int cols);

// Which cell stands for its block.
enum class Prominence : uint8_t {
  kMagnitude,  // scores: the kept value farthest from zero; a masked one only if all are masked
  kLargest,    // probabilities: the largest, masked or not, so that leaked mass is seen too
};

// A number as shaders take it: NaN is 0 and ±inf is ±FLT_MAX.
float shader_number(float value, view::ValueClass value_class);

// `values` and `classes` have rows * cols elements, row-major, one a block. NaN is stored as 0 and
// ±inf as ±FLT_MAX: shaders may assume finite numbers, so the class carries what they are.
struct ReducedMatrix {
  Block block;
  int rows = 0;
  int cols = 0;
  std::vector<float> values;
  std::vector<view::ValueClass> classes;
};

// `values` has rows * cols elements; the mask's shape must fit (rows may be 1). NaN comes before
// every number. A mask without cells masks nothing. O(rows * cols).
ReducedMatrix reduce_matrix(std::span<const float> values, int rows, int cols,
                            const core::Mask& mask, Prominence prominence);

// One byte a block: 1 where every cell of the block is masked. A column mask stays one row.
struct ReducedMask {
  int rows = 0;
  int cols = 0;
  std::vector<uint8_t> bits;
};
ReducedMask reduce_mask(const core::Mask& mask, const Block& block);

// One byte for every block of columns: 0 nothing masked, 1 a part, 2 all of it.
std::vector<uint8_t> column_states(const core::Mask& mask, const Block& block);

}  // namespace softmask::gfx

#endif  // SOFTMASK_GFX_REDUCED_MATRIX_H_
