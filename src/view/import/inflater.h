// What deflate packed, unpacked piece by piece, by zlib.
#ifndef SOFTMASK_VIEW_IMPORT_INFLATER_H_
#define SOFTMASK_VIEW_IMPORT_INFLATER_H_

#include <cstdint>
#include <memory>
#include <span>

#include "view/import/array_bytes.h"

struct z_stream_s;

namespace softmask::view {

class Inflater {
 public:
  enum class State : uint8_t {
    kMore,      // goes on: give it more bytes, or more room
    kEnd,       // the packed bytes have come to their own end
    kDamaged,   // no bytes of deflate
    kNoMemory,  // about 45 KB at the beginning
  };

  Inflater();
  ~Inflater();
  Inflater(Inflater&&) noexcept;
  Inflater& operator=(Inflater&&) noexcept;

  // Takes bytes from the front of `packed`, which is left with the others, and writes to the front
  // of `room`, which is left as what was written.
  State inflate(Bytes& packed, std::span<uint8_t>& room);

 private:
  struct Free {
    void operator()(z_stream_s* stream) const;
  };
  std::unique_ptr<z_stream_s, Free> stream_;  // null: no memory
};

}  // namespace softmask::view

#endif  // SOFTMASK_VIEW_IMPORT_INFLATER_H_
