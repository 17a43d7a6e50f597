// From a callback to a coroutine: one question to the backend or the registry, and its answer.
#pragma once

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <utility>

#include "protocol/error.hpp"

namespace hallway {

/// Lives in the frame of the coroutine that asks, on the thread of `home`. Whoever answers may do
/// so on any thread, late or never: late answers are dropped, and never ends as `unavailable`.
template <class T>
class Question {
 public:
  Question(boost::asio::io_context& home, std::int64_t patience_ms)
      : home_(home), state_(std::make_shared<State>(home)) {
    state_->wake.expires_after(std::chrono::milliseconds(patience_ms));
  }

  /// To be called once, on any thread, while `home` lives.
  std::function<void(Result<T>)> done() {
    return [&home = home_, weak = std::weak_ptr<State>(state_)](Result<T> result) {
      boost::asio::post(home, [weak, result = std::move(result)]() mutable {
        const auto state = weak.lock();
        if (!state) return;
        state->result = std::move(result);
        state->wake.cancel();
      });
    };
  }

  boost::asio::awaitable<Result<T>> answer() {
    if (!state_->result) {
      // Cancelled by the answer, or at the end of patience: which of the two the result tells.
      co_await state_->wake.async_wait(boost::asio::as_tuple(boost::asio::use_awaitable));
    }
    if (state_->result) co_return std::move(*state_->result);
    co_return refuse(ErrorCode::unavailable, "The server is too busy at the moment.");
  }

 private:
  struct State {
    explicit State(boost::asio::io_context& home) : wake(home) {}
    boost::asio::steady_timer wake;
    std::optional<Result<T>> result;
  };
  boost::asio::io_context& home_;
  std::shared_ptr<State> state_;
};

}  // namespace hallway
