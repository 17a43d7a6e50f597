// The look of names, and the mark of those that look like another's.
#include "protocol/look_alike.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "protocol/limits.hpp"
#include "protocol/text.hpp"

namespace hallway {
namespace {

/// Folded characters and the Latin letters for which they pass; the digits 0 and 1 among them.
constexpr std::array<std::pair<std::string_view, std::string_view>, 53> passes_for{{
    // Cyrillic
    {"а", "a"},
    {"в", "b"},
    {"с", "c"},
    {"ԁ", "d"},
    {"е", "e"},
    {"һ", "h"},
    {"і", "i"},
    {"ӏ", "l"},
    {"ј", "j"},
    {"к", "k"},
    {"м", "m"},
    {"н", "h"},
    {"о", "o"},
    {"р", "p"},
    {"ԛ", "q"},
    {"ѕ", "s"},
    {"т", "t"},
    {"у", "y"},
    {"ү", "y"},
    {"х", "x"},
    {"ԝ", "w"},
    {"ѵ", "v"},
    {"є", "e"},
    {"г", "r"},
    {"п", "n"},
    // Greek
    {"α", "a"},
    {"β", "b"},
    {"γ", "y"},
    {"ε", "e"},
    {"η", "n"},
    {"ι", "i"},
    {"κ", "k"},
    {"μ", "u"},
    {"ν", "v"},
    {"ο", "o"},
    {"ρ", "p"},
    {"σ", "o"},
    {"τ", "t"},
    {"υ", "u"},
    {"χ", "x"},
    {"ω", "w"},
    {"ζ", "z"},
    {"ϲ", "c"},
    {"ϳ", "j"},
    // Latin letters and digits that pass for others
    {"ı", "i"},
    {"ɑ", "a"},
    {"ɡ", "g"},
    {"0", "o"},
    {"1", "l"},
    {"i", "l"},
    {"|", "l"},
    {"ø", "o"},
    {"ł", "l"},
}};

/// Bytes of the UTF-8 character that begins with `lead`.
std::size_t bytes_of_character(char lead) {
  const auto byte = static_cast<unsigned char>(lead);
  if (byte < 0x80) return 1;
  return byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4;
}

bool is_left_out(std::string_view character) {
  constexpr std::string_view marks = " .,-_'\"()";
  return character.size() == 1 && marks.find(character[0]) != std::string_view::npos;
}

/// `name` without its last characters, so that `more` fit behind it.
std::string shortened(std::string name, std::size_t more) {
  while (text::code_points(name) + more > limits::name_max) {
    std::size_t last = name.size() - 1;
    while (last > 0 && (static_cast<unsigned char>(name[last]) & 0xc0) == 0x80) --last;
    name.resize(last);
  }
  return std::string(text::trimmed(name));
}

}  // namespace

std::string look_of(std::string_view name) {
  const std::string folded = text::folded(name);
  std::string look;
  for (std::string_view rest = folded; !rest.empty();) {
    std::string_view character = rest.substr(0, bytes_of_character(rest.front()));
    rest.remove_prefix(character.size());
    if (is_left_out(character)) continue;
    // Twice: what passes for an i passes for an l as well.
    for (int step = 0; step < 2; ++step) {
      const auto found = std::find_if(passes_for.begin(), passes_for.end(),
                                      [&](const auto& pair) { return pair.first == character; });
      if (found != passes_for.end()) character = found->second;
    }
    look += character;
  }
  return look;
}

std::string told_apart_from_staff(std::string name, const std::vector<PersonView>& staff) {
  const std::string look = look_of(name);
  const bool looks_like_staff =
      std::any_of(staff.begin(), staff.end(),
                  [&](const PersonView& person) { return look_of(person.card.name) == look; });
  if (!looks_like_staff) return name;
  constexpr std::string_view mark = " (2)";
  return shortened(std::move(name), mark.size()).append(mark);
}

}  // namespace hallway
