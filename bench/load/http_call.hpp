// One HTTP request to the server and its answer, on the load client's loop.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "load/connection.hpp"
#include "load/loop.hpp"

namespace hallway::load {

struct HttpAnswer {
  int status = 0;  // 0 when the server could not be reached or broke off
  std::string body;
};

/// Owned by whoever waits for the answer; the connection closes with it.
class HttpCall final : private Loop::Handler {
 public:
  using Done = std::function<void(HttpAnswer)>;

  HttpCall(Loop& loop, const Endpoint& endpoint, std::string_view method, std::string_view path,
           std::string_view json_body, Done done);
  ~HttpCall();
  HttpCall(const HttpCall&) = delete;
  HttpCall& operator=(const HttpCall&) = delete;

 private:
  void on_ready(std::uint32_t events) override;
  [[nodiscard]] bool write_request();
  void read_answer();
  [[nodiscard]] bool answer_complete() const;
  void finish(bool complete);
  void release();

  Loop& loop_;
  Done done_;
  std::string request_;
  std::string answer_;
  int fd_ = -1;
  Loop::Watch watch_ = 0;
  Loop::Timer timer_ = 0;
};

}  // namespace hallway::load
