// S17 of the security rows: one line an entry, and nobody but us writes lines or colours.
#include <catch2/catch.hpp>

#include "server/log.hpp"

using namespace hallway;

namespace {

std::string text(log::Fields fields) {
  return log::entry(log::Format::text, "thing.done", fields);
}
std::string json(log::Fields fields) {
  return log::entry(log::Format::json, "thing.done", fields);
}

}  // namespace

TEST_CASE("An entry is its operation and its fields", "[log]") {
  CHECK(text({{"count", 3}, {"address", "127.0.0.1:80"}, {"ok", true}}) ==
        "thing.done count=3 address=127.0.0.1:80 ok=true");
  CHECK(json({{"count", 3}, {"address", "127.0.0.1:80"}, {"ok", true}}) ==
        R"("what":"thing.done","count":3,"address":"127.0.0.1:80","ok":true)");
}

TEST_CASE("S17: text from outside can neither end a line nor begin a field", "[log][S17]") {
  CHECK(text({{"name", "Eve\r\nlevel=error forged"}}) ==
        R"(thing.done name="Eve\u000d\u000alevel=error forged")");
  CHECK(text({{"name", "a b=c"}}) == R"(thing.done name="a b=c")");
  CHECK(text({{"name", ""}}) == R"(thing.done name="")");
  CHECK(text({{"name", R"(say "hi" \ bye)"}}) == R"(thing.done name="say \"hi\" \\ bye")");
  CHECK(json({{"name", "\"},{\"level\":\"error\""}}).find(R"(\"},{\"level\")") !=
        std::string::npos);
}

TEST_CASE("S17: colours, direction marks and line separators are written out", "[log][S17]") {
  CHECK(text({{"name", "\x1b[31mred"}}) == R"(thing.done name="\u001b[31mred")");
  CHECK(text({{"name", "a\u202etxt.exe"}}) == R"(thing.done name="a\u202etxt.exe")");
  for (const char* mark : {"\u200e", "\u200f", "\u2028", "\u2029", "\u202a", "\u2066", "\u2069",
                           "\u061c", "\ufeff", "\u0085", "\u009b", "\x7f"}) {
    for (const std::string& line : {text({{"name", mark}}), json({{"name", mark}})}) {
      CAPTURE(line);
      CHECK(line.find(mark) == std::string::npos);
      CHECK(line.find("\\u") != std::string::npos);
    }
  }
}

TEST_CASE("Ordinary words of any script stay as they are", "[log]") {
  for (const char* name : {"Åse Ærø", "Ελένη", "明子", "€5 – “so”", "👩‍🔬"}) {
    CAPTURE(name);
    // The joiner of the last is among what could steer a line, and is written out.
    const bool has_joiner = std::string(name).find("\u200d") != std::string::npos;
    CHECK((text({{"name", name}}).find(name) == std::string::npos) == has_joiner);
  }
}

TEST_CASE("Text that is not UTF-8 breaks nothing", "[log]") {
  CHECK(text({{"name", "cut \xe2"}}) == "thing.done name=\"cut \xe2\"");
  CHECK(text({{"name", "cut \xe2\x80"}}).ends_with("\""));
}
