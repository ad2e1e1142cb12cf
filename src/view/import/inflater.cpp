#include "view/import/inflater.h"

#include <zlib.h>

#include <algorithm>
#include <cstddef>
#include <cstdlib>
#include <limits>

namespace softmask::view {
namespace {

// zlib counts in unsigned int.
uInt count_of(std::size_t size) {
  return static_cast<uInt>(std::min<std::size_t>(size, std::numeric_limits<uInt>::max()));
}

}  // namespace

void Inflater::Free::operator()(z_stream_s* stream) const {
  inflateEnd(stream);
  std::free(stream);
}

Inflater::Inflater() {
  // By calloc: without exceptions operator new aborts where there is no memory.
  auto* const stream = static_cast<z_stream_s*>(std::calloc(1, sizeof(z_stream_s)));
  // A negative number of bits: no header of zlib's before, no checksum of its behind.
  if (stream != nullptr && inflateInit2(stream, -MAX_WBITS) != Z_OK) {
    std::free(stream);
  } else {
    stream_.reset(stream);
  }
}

Inflater::~Inflater() = default;
Inflater::Inflater(Inflater&&) noexcept = default;
Inflater& Inflater::operator=(Inflater&&) noexcept = default;

Inflater::State Inflater::inflate(Bytes& packed, std::span<uint8_t>& room) {
  if (!stream_) return State::kNoMemory;
  // zlib reads through it only; its older releases lack the const.
  stream_->next_in = const_cast<Bytef*>(packed.data());
  stream_->avail_in = count_of(packed.size());
  stream_->next_out = room.data();
  stream_->avail_out = count_of(room.size());
  const int result = ::inflate(stream_.get(), Z_NO_FLUSH);
  packed = packed.subspan(static_cast<std::size_t>(stream_->next_in - packed.data()));
  room = room.first(static_cast<std::size_t>(stream_->next_out - room.data()));
  switch (result) {
    case Z_STREAM_END:
      return State::kEnd;
    case Z_OK:
    case Z_BUF_ERROR:  // there was nothing to do
      return State::kMore;
    case Z_MEM_ERROR:
      return State::kNoMemory;
    default:
      return State::kDamaged;
  }
}

}  // namespace softmask::view
