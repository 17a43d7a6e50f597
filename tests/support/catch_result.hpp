// Lets Catch2 show a Result: Boost's own way to print one needs its value to be printable.
#pragma once

#include <catch2/catch.hpp>
#include <string>

#include "protocol/error.hpp"

template <class T>
struct Catch::StringMaker<boost::system::result<T, hallway::Error>> {
  static std::string convert(const boost::system::result<T, hallway::Error>& result) {
    return result ? "a value" : "refused: " + result.error().message;
  }
};
