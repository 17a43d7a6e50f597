// Parts of a stream that are one's to see: inclusive ranges of offsets, ascending, apart.
#pragma once

#include <limits>
#include <utility>
#include <vector>

#include "protocol/ids.hpp"

namespace hallway {

/// Empty: nothing.
using Slices = std::vector<std::pair<Offset, Offset>>;

inline Slices everything() {
  return {{1, std::numeric_limits<Offset>::max()}};
}

inline bool contains(const Slices& slices, Offset offset) {
  for (const auto& [first, last] : slices) {
    if (offset < first) return false;
    if (offset <= last) return true;
  }
  return false;
}

/// True where all of `first`…`last` lies in one slice, or the range is empty.
inline bool contains_all(const Slices& slices, Offset first, Offset last) {
  if (first > last) return true;
  for (const auto& [slice_first, slice_last] : slices) {
    if (first < slice_first) return false;
    if (first <= slice_last) return last <= slice_last;
  }
  return false;
}

}  // namespace hallway
