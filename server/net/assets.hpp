// The web client's files, built into the program.
#pragma once

#include <span>
#include <string_view>

namespace hallway {

/// All of it lives as long as the program.
struct Asset {
  std::string_view path;   ///< Without a leading slash, e.g. `assets/main-4F2A.js`.
  std::string_view type;   ///< Its Content-Type.
  std::string_view etag;   ///< With its quotes.
  bool is_hashed = false;  ///< The name changes with the content: cached for ever.
  std::string_view plain;
  std::string_view brotli;  ///< Empty: not compressed.
  std::string_view gzip;    ///< Likewise.
};

/// In order of `path`. Written by `embed_assets.cmake`.
std::span<const Asset> embedded_assets();

/// nullptr: no such file.
const Asset* find_asset(std::string_view path);

/// The coding to send this asset in: what Accept-Encoding allows, the smallest first.
struct ChosenCoding {
  std::string_view name;  ///< `br`, `gzip`, or empty for none.
  std::string_view bytes;
};
ChosenCoding choose_coding(const Asset& asset, std::string_view accept_encoding);

}  // namespace hallway
