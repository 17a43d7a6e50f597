#include "server/fetch.hpp"

#include <curl/curl.h>

#include <memory>
#include <utility>

#include "protocol/limits.hpp"
#include "server/log.hpp"
#include "server/scheduling.hpp"

namespace hallway {
namespace {

struct Underway {
  std::string body;
  bool is_too_long = false;
  const std::atomic<bool>* stopping = nullptr;
};

std::size_t take(char* bytes, std::size_t size, std::size_t count, void* to) {
  auto& underway = *static_cast<Underway*>(to);
  const std::size_t length = size * count;
  if (underway.body.size() + length > limits::fetch_bytes_max) {
    underway.is_too_long = true;
    return 0;
  }
  underway.body.append(bytes, length);
  return length;
}

int watch(void* data, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
  return static_cast<Underway*>(data)->stopping->load() ? 1 : 0;
}

bool is_loopback(const std::string& url) {
  const std::unique_ptr<CURLU, decltype(&curl_url_cleanup)> parts(curl_url(), curl_url_cleanup);
  if (!parts || curl_url_set(parts.get(), CURLUPART_URL, url.c_str(), 0) != CURLUE_OK) return false;
  char* raw = nullptr;
  if (curl_url_get(parts.get(), CURLUPART_HOST, &raw, 0) != CURLUE_OK) return false;
  const std::unique_ptr<char, decltype(&curl_free)> owner(raw, curl_free);
  const std::string host = raw;
  return host == "127.0.0.1" || host == "[::1]" || host == "localhost";
}

Result<Fetched> perform(const FetchRequest& request, const std::atomic<bool>& stopping) {
  const Error failed = refuse(ErrorCode::unavailable, "The other site cannot be reached.");
  const std::unique_ptr<CURL, decltype(&curl_easy_cleanup)> handle(curl_easy_init(),
                                                                   curl_easy_cleanup);
  if (!handle || !may_fetch(request.url)) return failed;
  CURL* const curl = handle.get();
  Underway underway;
  underway.stopping = &stopping;
  curl_slist* fields = curl_slist_append(nullptr, "Accept: application/json");
  if (!request.authorization.empty()) {
    fields = curl_slist_append(fields, ("Authorization: " + request.authorization).c_str());
  }
  const std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)> owner(fields,
                                                                          curl_slist_free_all);
  curl_easy_setopt(curl, CURLOPT_URL, request.url.c_str());
  curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR,
                   request.url.starts_with("https:") ? "https" : "http");
  curl_easy_setopt(curl, CURLOPT_NOPROXY, "localhost,127.0.0.1,::1");
  curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);
  curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, static_cast<long>(limits::fetch_ms));
  curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(curl, CURLOPT_HTTPHEADER, fields);
  curl_easy_setopt(curl, CURLOPT_USERAGENT, "hallway");
  curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, take);
  curl_easy_setopt(curl, CURLOPT_WRITEDATA, &underway);
  curl_easy_setopt(curl, CURLOPT_NOPROGRESS, 0L);
  curl_easy_setopt(curl, CURLOPT_XFERINFOFUNCTION, watch);
  curl_easy_setopt(curl, CURLOPT_XFERINFODATA, &underway);
  if (request.is_post) {
    curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE, static_cast<long>(request.form.size()));
    curl_easy_setopt(curl, CURLOPT_POSTFIELDS, request.form.c_str());
  }
  const CURLcode code = curl_easy_perform(curl);
  if (code != CURLE_OK) {
    log::warning("fetch.failed", {{"url", request.url},
                                  {"error", underway.is_too_long ? "the answer is too long"
                                                                 : curl_easy_strerror(code)}});
    return failed;
  }
  Fetched fetched;
  curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &fetched.status);
  fetched.body = std::move(underway.body);
  return fetched;
}

}  // namespace

bool may_fetch(const std::string& url) {
  return url.starts_with("https://") || (url.starts_with("http://") && is_loopback(url));
}

Fetcher::Fetcher(std::size_t threads, std::size_t waiting_max) : waiting_max_(waiting_max) {
  static const CURLcode started = curl_global_init(CURL_GLOBAL_DEFAULT);
  (void)started;
  for (std::size_t i = 0; i < threads; ++i) threads_.emplace_back([this] { run(); });
}

Fetcher::~Fetcher() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  for (std::thread& thread : threads_) thread.join();
}

void Fetcher::fetch(FetchRequest request, Done done) {
  bool taken = false;
  {
    const std::lock_guard lock(mutex_);
    taken = waiting_.size() < waiting_max_;
    if (taken) waiting_.emplace_back(std::move(request), done);
  }
  if (taken) {
    wake_.notify_one();
    return;
  }
  Error error = refuse(ErrorCode::unavailable, "Many people are signing in at once right now.");
  error.retry_after_ms = limits::fetch_ms;
  done(error);
}

void Fetcher::run() {
  schedule_thread(slow_nice, slow_slice);
  while (true) {
    std::pair<FetchRequest, Done> job;
    {
      std::unique_lock lock(mutex_);
      wake_.wait(lock, [this] { return stopping_ || !waiting_.empty(); });
      if (stopping_) return;
      job = std::move(waiting_.front());
      waiting_.pop_front();
    }
    job.second(perform(job.first, stopping_));
  }
}

}  // namespace hallway
