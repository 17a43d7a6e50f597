// A whole HTTP server over loopback for tests: real listener, real storage, a backend that
// remembers what it was asked; and a client that sends bytes as they stand.
#pragma once

#include <atomic>
#include <boost/asio/io_context.hpp>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include "server/backend.hpp"
#include "server/metrics.hpp"
#include "server/net/api.hpp"
#include "server/net/http_connection.hpp"
#include "server/net/http_listener.hpp"
#include "server/net/http_settings.hpp"
#include "tests/support/stored_things.hpp"

namespace hallway::test {

/// Keeps events in the store as the places do, and answers at once. Any thread.
class FakeBackend final : public Backend {
 public:
  explicit FakeBackend(Store& store) : store_(store) {}

  void create_event(boost::asio::io_context& home, EventId event, EventSpec spec,
                    Done<EventView> done) override;
  void glimpse(boost::asio::io_context& home, EventId event, PersonId viewer,
               Done<Glimpse> done) override;
  void command(boost::asio::io_context& home, EventId event, PersonId person, bool as_operator,
               Command command, Done<Reply> done) override;
  void note(boost::asio::io_context& home, EventId event, PersonId by, AuditView act,
            Done<Reply> done) override;
  void forget_event(boost::asio::io_context& home, EventId event, Done<bool> done) override;
  void revoke_session(const TokenHash& hash) override;
  bool ready() const override { return is_ready; }
  Registry& registry() override { return store_; }
  Accounts& accounts() override { return store_; }

  Groups& groups() override { return store_; }
  Privacy& privacy() override { return store_; }
  Journal& journal() override { return store_; }
  void aside(std::function<void()> work) override { work(); }
  void carry_out(PersonId person, Erasure erasure) override;

  void keep(const EventView& event);

  std::atomic<bool> is_ready = true;
  std::atomic<bool> is_silent = false;  ///< Never answers.
  std::optional<Error> command_refusal;
  EventId unforgettable;  ///< Its place cannot be reached.
  std::vector<std::string> names_present;
  PersonId kept_waiting;  ///< Sees the lobby alone.
  /// What was asked, to be read when the answer is there.
  std::vector<TokenHash> revoked;
  std::vector<EventId> forgotten;
  std::vector<AuditView> noted;
  std::vector<std::pair<PersonId, Erasure>> erased;
  std::vector<std::pair<PersonId, bool>> commanders;

 private:
  Store& store_;
  std::map<EventId, Offset> offsets_;
};

struct Answer {
  int status = 0;                                  ///< 0: the server closed without a word.
  std::multimap<std::string, std::string> fields;  ///< Names in lower case.
  std::string body;

  std::string field(const std::string& name) const;
  std::vector<std::string> all(const std::string& name) const;
};

/// A socket that waits ten seconds at most for anything; what fails throws.
class WireClient {
 public:
  explicit WireClient(std::uint16_t port);
  ~WireClient();
  WireClient(const WireClient&) = delete;
  WireClient& operator=(const WireClient&) = delete;

  void send(std::string_view bytes);
  /// Until the peer closed: what was not taken is nobody's loss.
  bool try_send(std::string_view bytes);
  /// One answer; `has_body` false for HEAD.
  Answer read_answer(bool has_body = true);
  /// True when the peer closes (or resets) without a further byte.
  bool is_closed_by_peer();
  /// Waits until something can be read, a close too; false after `ms`.
  bool is_readable_within(int ms);
  int descriptor() const { return socket_; }

 private:
  bool fill();

  int socket_ = -1;
  std::string buffer_;
};

/// `METHOD path HTTP/1.1` with Host, the fields and, where there is a body, its length and JSON
/// type.
struct Ask {
  std::string method = "GET";
  std::string path;
  std::vector<std::pair<std::string, std::string>> fields = {};
  std::string body = {};
  std::string type = "application/json";
};

class HttpHouse {
 public:
  explicit HttpHouse(HttpSettings wanted = {}, boost::asio::ssl::context* tls = nullptr);
  ~HttpHouse();

  std::uint16_t port() const { return listener_.port(); }
  std::string origin() const { return "http://localhost:" + std::to_string(port()); }
  std::string bytes_of(const Ask& ask) const;
  /// On a connection of its own.
  Answer ask(const Ask& ask) const;

  EventId make_event(std::string title = "Autumn meeting", TimeMs ends_at = noon + 3'600'000);
  /// An invitation's token.
  std::string invite(EventId event, Role role = Role::member,
                     std::optional<std::int64_t> uses = std::nullopt);
  std::string operator_token();
  /// Joins by a new invitation; the session's token.
  std::string person(EventId event, Role role, const std::string& name = "Ada");

  void stop_listening() { listener_.stop(); }

  // In the order in which they need each other.
  Metrics metrics;
  boost::asio::io_context io{1};
  StoreInFolder stored;
  TestClock& clock = stored.clock;
  const HttpSettings settings;
  FakeBackend backend;
  Api api;
  std::vector<UpgradeInfo> upgrades;  ///< To be read when the 101 is there.

 private:
  HttpListener listener_;
  boost::asio::executor_work_guard<boost::asio::io_context::executor_type> guard_;
  std::thread thread_;
};

inline std::pair<std::string, std::string> bearer(const std::string& token) {
  return {"Authorization", "Bearer " + token};
}
/// The value of a text member, wherever it stands; empty where it does not.
std::string text_in(const std::string& json, const std::string& key);

}  // namespace hallway::test
