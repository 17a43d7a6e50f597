#include "server/server.hpp"

#include <sched.h>

#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <csignal>
#include <cstdio>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "server/anchored_clock.hpp"
#include "server/core_observer.hpp"
#include "server/demo.hpp"
#include "server/log.hpp"
#include "server/net/api.hpp"
#include "server/net/http_listener.hpp"
#include "server/net/shard.hpp"
#include "server/net/tls.hpp"
#include "server/net/ws_handshake.hpp"
#include "server/retention.hpp"
#include "server/shard_backend.hpp"

namespace hallway {
namespace {

/// Searches run on one thread of their own, so that they never take more than a share of the
/// machine.
constexpr std::size_t slow_threads = 2;

/// Cores that this process may run on: two shards that take turns on one make each other late.
std::size_t cores_allowed() {
  cpu_set_t allowed;
  if (sched_getaffinity(0, sizeof(allowed), &allowed) == 0) {
    return static_cast<std::size_t>(CPU_COUNT(&allowed));
  }
  return std::max(1U, std::thread::hardware_concurrency());
}

std::size_t shard_count(const Config& config) {
  return config.shards > 0 ? static_cast<std::size_t>(config.shards) : cores_allowed();
}

HttpSettings http_settings(const Config& config) {
  HttpSettings settings;
  settings.public_url = config.public_url;
  settings.origins = config.origins;
  settings.trusted_proxies = config.trusted_proxies;
  settings.joins_per_s = config.limits.joins_per_s;
  settings.joins_burst = static_cast<double>(config.limits.joins_burst);
  settings.sso = config.sso;
  settings.session_ms = std::int64_t{config.session_days} * 24 * 3'600'000;
  return settings;
}

class Server {
 public:
  Server(const Config& config, Store& store, ClockSource& machine)
      : config_(config), store_(store), clock_(machine), observer_(metrics_) {
    make_shards();
    backend_ = std::make_unique<ShardBackend>(shard_pointers(), store_, slow_);
    http_settings_ = http_settings(config);
    api_ = std::make_unique<Api>(http_settings_, *backend_, clock_, metrics_);
  }

  int run() {
    if (!listen() || !resume_follow_ups()) return 1;
    signals_ = std::make_unique<boost::asio::signal_set>(main_io(), SIGTERM, SIGINT);
    signals_->async_wait([this](boost::system::error_code error, int) {
      if (!error) drain();
    });
    announce();
    std::vector<std::thread> threads;
    for (std::size_t i = 1; i < shards_.size(); ++i) {
      threads.emplace_back([shard = shards_[i].get()] { shard->run(); });
    }
    shards_.front()->run();
    for (std::thread& thread : threads) thread.join();
    slow_.join();
    for (const auto& shard : shards_) shard->disconnect();
    listeners_.clear();
    log::info("server.stopped", {{"clean", !forced_}});
    return forced_ || failed_ ? 1 : 0;
  }

 private:
  boost::asio::io_context& main_io() { return shards_.front()->io(); }

  std::vector<Shard*> shard_pointers() {
    std::vector<Shard*> pointers;
    for (const auto& shard : shards_) pointers.push_back(shard.get());
    return pointers;
  }

  void make_shards() {
    const LimitsView told{.commands_per_s = config_.limits.commands_per_s,
                          .commands_burst = config_.limits.commands_burst,
                          .messages_per_s = config_.limits.messages_per_s,
                          .messages_burst = config_.limits.messages_burst,
                          .connections_max = config_.limits.connections_per_person,
                          .announce_s = config_.rounds.announce_s,
                          .wrap_s = config_.rounds.wrap_s};
    const Settings settings{.messages_per_s = told.messages_per_s,
                            .messages_burst = told.messages_burst,
                            .connections_max = told.connections_max,
                            .announce_ms = told.announce_s * 1000,
                            .wrap_ms = told.wrap_s * 1000};
    const SessionSettings session_settings{told};
    const std::size_t count = shard_count(config_);
    // An address's connections are dealt out in turn, so that each shard counts its share.
    const auto silent_max = static_cast<std::size_t>(config_.limits.hello_sockets_per_address);
    for (std::size_t i = 0; i < count; ++i) {
      shards_.push_back(std::make_unique<Shard>(
          static_cast<ShardIndex>(i), settings, session_settings, (silent_max + count - 1) / count,
          ShardPorts{store_, store_, observer_, slow_, [this] { return clock_.now(); },
                     [this] { return clock_.random_u64(); }, config_.durability, &store_}));
    }
    for (const auto& shard : shards_) shard->connect(shard_pointers());
  }

  bool listen() {
    auto service = std::make_shared<HttpService>(HttpService{
        http_settings_, *api_, metrics_, clock_,
        [this](PlainOrTlsStream stream, UpgradeRequest request, UpgradeInfo info) {
          Shard& shard = shard_of(stream);
          serve_websocket(shard, std::move(stream), std::move(request), std::move(info));
        }});
    if (!add_listener(service, config_.listen, nullptr)) return false;
    if (config_.tls.listen.empty()) return true;
    auto tls = make_tls_context(config_.tls.certificate, config_.tls.key);
    if (!tls) return refuse_start(tls.error());
    tls_ = std::move(*tls);
    return add_listener(service, config_.tls.listen, tls_.get());
  }

  bool add_listener(const std::shared_ptr<HttpService>& service, const std::string& endpoint,
                    boost::asio::ssl::context* tls) {
    const Result<Endpoint> address = parse_endpoint(endpoint);
    if (!address) return refuse_start(address.error());
    auto listener = std::make_unique<HttpListener>(
        main_io(), service,
        [this]() -> boost::asio::io_context& { return shards_[next_++ % shards_.size()]->io(); });
    if (const auto listening = listener->listen(address->host, address->port, tls); !listening) {
      return refuse_start(listening.error());
    }
    listeners_.push_back(std::move(listener));
    return true;
  }

  Shard& shard_of(PlainOrTlsStream& stream) {
    const auto executor = std::visit([](auto& s) { return s.get_executor(); }, stream);
    const auto* io = executor.target<boost::asio::io_context::executor_type>();
    for (const auto& shard : shards_) {
      if (io != nullptr && &io->context() == &shard->io()) return *shard;
    }
    return *shards_.front();
  }

  static bool refuse_start(const Error& error) {
    log::error("server.start_failed", {{"error", error.message}});
    return false;
  }

  bool resume_follow_ups() {
    auto pending = store_.pending_follow_ups();
    if (!pending) return refuse_start(pending.error());
    for (PendingFollowUp& follow_up : *pending) {
      const PlaceId target = follow_up.follow_up.target;
      Shard* home = shards_[home_of(target, static_cast<ShardIndex>(shards_.size()))].get();
      home->post([home, target, follow_up = std::move(follow_up)]() mutable {
        const PersonId by = follow_up.follow_up.by;
        home->host().handle(PlaceMessage{target, {}, 0, by, std::move(follow_up)});
      });
    }
    return true;
  }

  std::string base_url() const {
    const std::string host = config_.listen.substr(0, config_.listen.rfind(':'));
    return "http://" + host + ":" + std::to_string(listeners_.front()->port());
  }

  void announce() {
    const auto say_ready = [this](const DemoLinks& links) {
      std::string lines = "ready " + base_url() + "\n";
      const std::string link_base = config_.public_url.empty() ? base_url() : config_.public_url;
      for (const auto& [role, token] : links) {
        lines += std::string(to_text(role)) + " " + link_base + "/j/" + token + "\n";
      }
      backend_->set_ready(true);
      retire();
      std::fputs(lines.c_str(), stdout);
      std::fflush(stdout);
      log::info("server.ready", {{"listen", base_url()}, {"shards", shards_.size()}});
    };
    if (!config_.demo) {
      boost::asio::post(main_io(), [say_ready] { say_ready({}); });
      return;
    }
    open_demo(*backend_, clock_, main_io(), [this, say_ready](Result<DemoLinks> links) {
      if (links) {
        say_ready(*links);
        return;
      }
      refuse_start(links.error());
      failed_ = true;
      drain();
    });
  }

  /// Deletes what is past its time, now and every hour.
  void retire() {
    enforce_retention(*backend_, main_io(), clock_.now(), [](Retired) {});
    if (!retention_) retention_ = std::make_unique<boost::asio::steady_timer>(main_io());
    retention_->expires_after(std::chrono::milliseconds(retention_every_ms));
    retention_->async_wait([this](boost::system::error_code error) {
      if (!error) retire();
    });
  }

  /// Stops accepting, tells everyone to come back, waits for what was decided to be committed;
  /// after the deadline whoever is left is cut off.
  void drain() {
    log::info("server.draining", {{"seconds", config_.drain_s}});
    backend_->set_ready(false);
    signals_->cancel();
    if (retention_) retention_->cancel();
    for (const auto& listener : listeners_) listener->stop();
    deadline_ = std::make_unique<boost::asio::steady_timer>(main_io());
    deadline_->expires_after(std::chrono::seconds(config_.drain_s));
    deadline_->async_wait([this](boost::system::error_code error) {
      if (error) return;
      forced_ = true;
      for (const auto& shard : shards_) shard->io().stop();
    });
    undrained_ = shards_.size();
    const std::int64_t window_ms = config_.drain_s * 1000 / 5;
    for (const auto& shard : shards_) {
      shard->drain(window_ms, [this] {
        boost::asio::post(main_io(), [this] {
          if (--undrained_ > 0) return;
          deadline_->cancel();
          for (const auto& drained : shards_) drained->release();
        });
      });
    }
  }

  const Config& config_;
  Store& store_;
  AnchoredClock clock_;
  Metrics metrics_;
  CoreObserver observer_;
  boost::asio::thread_pool slow_{slow_threads};
  std::vector<std::unique_ptr<Shard>> shards_;
  std::unique_ptr<ShardBackend> backend_;
  HttpSettings http_settings_;
  std::unique_ptr<Api> api_;
  std::unique_ptr<boost::asio::ssl::context> tls_;
  std::vector<std::unique_ptr<HttpListener>> listeners_;
  std::unique_ptr<boost::asio::signal_set> signals_;
  std::unique_ptr<boost::asio::steady_timer> retention_;
  std::unique_ptr<boost::asio::steady_timer> deadline_;
  std::size_t next_ = 0;
  std::size_t undrained_ = 0;
  bool forced_ = false;
  bool failed_ = false;
};

}  // namespace

int run_server(const Config& config, Store& store, ClockSource& machine_clock) {
  return Server(config, store, machine_clock).run();
}

}  // namespace hallway
