#include "server/passphrase_pool.hpp"

#include <utility>

#include "server/log.hpp"
#include "server/passphrase.hpp"
#include "server/scheduling.hpp"

namespace hallway {
namespace {

Error too_many() {
  Error error = refuse(ErrorCode::unavailable, "Many people are signing in at once right now.");
  error.retry_after_ms = 2'000;
  return error;
}

Error no_memory() {
  log::error("passphrase.no_memory");
  return refuse(ErrorCode::unavailable, "The server is too busy at the moment.");
}

}  // namespace

PassphrasePool::PassphrasePool(std::size_t waiting_max)
    : waiting_max_(waiting_max), thread_([this] { run(); }) {}

PassphrasePool::~PassphrasePool() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_one();
  thread_.join();
}

void PassphrasePool::hash(std::string passphrase, Done<std::string> done) {
  const bool taken = enqueue([passphrase = std::move(passphrase), done] {
    auto hash = hash_passphrase(passphrase);
    done(hash ? Result<std::string>(std::move(*hash)) : Result<std::string>(no_memory()));
  });
  if (!taken) done(too_many());
}

void PassphrasePool::check(std::optional<std::string> hash, std::string passphrase,
                           Done<bool> done) {
  const bool taken =
      enqueue([this, hash = std::move(hash), passphrase = std::move(passphrase), done] {
        const bool fits = fits_passphrase(hash ? *hash : nobodys_, passphrase);
        done(hash.has_value() && fits);
      });
  if (!taken) done(too_many());
}

bool PassphrasePool::enqueue(Job job) {
  {
    const std::lock_guard lock(mutex_);
    if (waiting_.size() >= waiting_max_) return false;
    waiting_.push_back(std::move(job));
  }
  wake_.notify_one();
  return true;
}

void PassphrasePool::run() {
  schedule_thread(slow_nice, slow_slice);
  while (true) {
    Job job;
    {
      std::unique_lock lock(mutex_);
      wake_.wait(lock, [this] { return stopping_ || !waiting_.empty(); });
      if (stopping_) return;
      job = std::move(waiting_.front());
      waiting_.pop_front();
    }
    // Made when it is first needed: a server that nobody signs in to starts as fast as before.
    if (nobodys_.empty()) nobodys_ = hash_passphrase("").value_or("");
    job();
  }
}

}  // namespace hallway
