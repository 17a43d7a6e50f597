#include "server/core/frame.hpp"

namespace hallway {
namespace {

std::shared_ptr<std::string> behind_room(std::string_view text) {
  auto bytes = std::make_shared<std::string>();
  bytes->reserve(frame_header_bytes_max + text.size());
  bytes->append(frame_header_bytes_max, '\0').append(text);
  return bytes;
}

}  // namespace

Frame::Frame(std::string_view text) : Frame(behind_room(text)) {}

Frame::Frame(std::shared_ptr<std::string> behind_room) {
  char* const text = behind_room->data() + frame_header_bytes_max;
  const std::size_t size = behind_room->size() - frame_header_bytes_max;
  begin_ = frame_header_bytes_max - write_frame_header(text, Opcode::text, size);
  bytes_ = std::move(behind_room);
}

}  // namespace hallway
