// What is sent to clients: encoded objects behind the header of their WebSocket frame, in one
// buffer that all who receive it share. Never changed once it is made; any thread.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "server/core/frame_codec.hpp"

namespace hallway {

/// So much is joined into one frame, at most; what is larger by itself is sent as it is.
inline constexpr std::size_t joined_bytes_max = 64 * 1024;

/// One or more encoded objects joined by '\n'.
class Frame {
 public:
  /// Holds nothing, and is false.
  Frame() = default;
  explicit Frame(std::string_view text);
  /// What was appended to `room()`: it is not copied.
  explicit Frame(std::shared_ptr<std::string> behind_room);

  /// Where objects may be appended: only room for a header as yet.
  static std::string room() { return std::string(frame_header_bytes_max, '\0'); }

  explicit operator bool() const { return bytes_ != nullptr; }
  // Precondition for all these: it holds something.
  std::size_t size() const { return bytes_->size() - frame_header_bytes_max; }
  std::string_view text() const { return std::string_view(*bytes_).substr(frame_header_bytes_max); }
  /// Header and text, as they are sent.
  std::string_view wire() const { return {bytes_->data() + begin_, bytes_->size() - begin_}; }

 private:
  std::shared_ptr<const std::string> bytes_;
  std::size_t begin_ = 0;  ///< Of the header: a short one leaves some of the room.
};

}  // namespace hallway
