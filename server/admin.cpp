#include "server/admin.hpp"

#include <array>
#include <charconv>
#include <future>
#include <limits>
#include <memory>
#include <optional>
#include <unordered_map>
#include <utility>
#include <vector>

#include "protocol/codec.hpp"
#include "protocol/limits.hpp"
#include "rooms/event_place.hpp"
#include "server/admin_arguments.hpp"
#include "server/clock.hpp"
#include "server/tokens.hpp"

namespace hallway {
namespace {

/// The journal's writer that is no shard (JournalBatch::writer).
constexpr std::uint16_t admin_writer = std::numeric_limits<std::uint16_t>::max();

/// Waits for a write: the writer's thread answers, this one has nothing else to do.
template <class T, class Start>
Result<T> wait_for(Start start) {
  auto promise = std::make_shared<std::promise<Result<T>>>();
  auto outcome = promise->get_future();
  start([promise](Result<T> result) { promise->set_value(std::move(result)); });
  return outcome.get();
}

AdminAnswer failed(const Error& error) {
  return {false, error.field.empty() ? error.message : "--" + error.field + ": " + error.message};
}

class Execution {
 public:
  Execution(const AdminRequest& request, Store& store, ClockSource& clock,
            const std::string& link_base)
      : arguments_(request.arguments),
        store_(store),
        clock_(clock),
        link_base_(argument(arguments_, "link_base", link_base)) {}

  AdminAnswer create_token() {
    const Result<std::int64_t> days = whole_number(arguments_, "days", 365, 1, 3650);
    if (!days) return failed(days.error());
    const std::string token = clock_.random_token();
    const TimeMs now = clock_.now();
    const auto put = wait_for<bool>([&](auto done) {
      store_.put_operator(hash_token(token), now, now + *days * day_ms, std::move(done));
    });
    if (!put) return failed(put.error());
    return {true, token + "\n"};
  }

  AdminAnswer list_tokens() {
    const auto operators = store_.operators(clock_.now());
    if (!operators) return failed(operators.error());
    std::string text;
    for (const OperatorToken& token : *operators) {
      text += short_id(token.hash) + "  made " + utc_text(token.created_at) + "  ends " +
              utc_text(token.expires_at) + "\n";
    }
    return {true, text};
  }

  AdminAnswer revoke_token() {
    const auto operators = store_.operators(clock_.now());
    if (!operators) return failed(operators.error());
    std::vector<TokenHash> hashes;
    for (const OperatorToken& token : *operators) hashes.push_back(token.hash);
    const auto hash = find_by_id(hashes);
    if (!hash) return failed(hash.error());
    const auto dropped =
        wait_for<bool>([&](auto done) { store_.drop_session(*hash, std::move(done)); });
    if (!dropped) return failed(dropped.error());
    return {true, "revoked\n"};
  }

  AdminAnswer create_event() {
    const Result<EventSpec> spec = event_spec(arguments_, clock_.now());
    if (!spec) return failed(spec.error());
    const EventId event{clock_.random_u64()};
    if (const auto error = append_first_pushes(event, *spec)) return failed(*error);
    std::string text = "event " + to_text(event) + "\n";
    for (const Role role : {Role::member, Role::facilitator, Role::moderator, Role::organiser}) {
      const auto link = invite(event, role, std::nullopt, std::nullopt);
      if (!link) return failed(link.error());
      text += std::string(to_text(role)) + " " + *link + "\n";
    }
    return {true, text};
  }

  AdminAnswer list_events() {
    const auto events = store_.events();
    if (!events) return failed(events.error());
    std::string text;
    for (const EventView& event : *events) {
      text += to_text(event.id) + "  " + std::string(to_text(event.state)) + "  " +
              utc_text(event.starts_at) + "  " + event.title + "\n";
    }
    return {true, text};
  }

  AdminAnswer create_invitation() {
    const auto event = known_event();
    if (!event) return failed(event.error());
    const std::optional<Role> role = parse_role(argument(arguments_, "role", "member"));
    if (!role) {
      return {false, "--role must be member, facilitator, moderator or organiser"};
    }
    const auto days = whole_number(arguments_, "days", 0, 1, 3650);
    if (!days) return failed(days.error());
    const auto uses = whole_number(arguments_, "uses", 0, 1, 1'000'000);
    if (!uses) return failed(uses.error());
    std::optional<TimeMs> expires_at;
    if (*days > 0) expires_at = clock_.now() + *days * day_ms;
    const auto link =
        invite(*event, *role, expires_at, *uses > 0 ? std::optional(*uses) : std::nullopt);
    if (!link) return failed(link.error());
    return {true, *link + "\n"};
  }

  AdminAnswer list_invitations() {
    const auto event = known_event();
    if (!event) return failed(event.error());
    const auto invitations = store_.invitations(*event);
    if (!invitations) return failed(invitations.error());
    std::string text;
    for (const Invitation& one : *invitations) {
      text += short_id(one.hash) + "  " + std::string(to_text(one.role)) + "  made " +
              utc_text(one.created_at);
      if (one.uses) text += "  uses left " + std::to_string(*one.uses);
      if (one.expires_at) text += "  ends " + utc_text(*one.expires_at);
      text += "\n";
    }
    return {true, text};
  }

  AdminAnswer revoke_invitation() {
    const auto event = known_event();
    if (!event) return failed(event.error());
    const auto invitations = store_.invitations(*event);
    if (!invitations) return failed(invitations.error());
    std::vector<TokenHash> hashes;
    for (const Invitation& one : *invitations) hashes.push_back(one.hash);
    const auto hash = find_by_id(hashes);
    if (!hash) return failed(hash.error());
    const auto revoked =
        wait_for<bool>([&](auto done) { store_.revoke_invitation(*hash, std::move(done)); });
    if (!revoked) return failed(revoked.error());
    return {true, "revoked\n"};
  }

 private:
  static std::string short_id(const TokenHash& hash) {
    return to_hex(hash).substr(0, short_id_chars);
  }

  Result<TokenHash> find_by_id(const std::vector<TokenHash>& hashes) const {
    const std::string id = argument(arguments_, "id", "");
    for (const TokenHash& hash : hashes) {
      if (short_id(hash) == id) return hash;
    }
    return refuse(ErrorCode::not_found, "there is none with the id " + id);
  }

  Result<EventId> known_event() const {
    const EventId event = parse_id<EventTag>(argument(arguments_, "event", ""));
    if (const auto known = store_.event(event); !known) {
      return refuse(known.error().code, "there is no such event", "event");
    }
    return event;
  }

  /// A link; its token is told this once.
  Result<std::string> invite(EventId event, Role role, std::optional<TimeMs> expires_at,
                             std::optional<std::int64_t> uses) {
    const std::string token = clock_.random_token();
    const Invitation invitation{hash_token(token), event, role, clock_.now(), expires_at, uses};
    const auto put =
        wait_for<bool>([&](auto done) { store_.put_invitation(invitation, std::move(done)); });
    if (!put) return put.error();
    return link_base_ + "/j/" + token;
  }

  /// The event's place decides them; nobody can know a new id, so that no shard has the place yet.
  std::optional<Error> append_first_pushes(EventId event, const EventSpec& spec) {
    const EventPlace place(event, Settings{});
    Decision decision = place.create(spec, Context{clock_.now(), clock_.random_u64()});
    if (decision.refusal) return decision.refusal;
    JournalBatch batch;
    batch.writer = admin_writer;
    batch.term = static_cast<std::uint64_t>(clock_.steady_ns());
    std::unordered_map<StreamId, Offset> tops;
    for (Push& push : decision.pushes) {
      const Lasting lasting = lasting_of(push.data);
      if (lasting != Lasting::durable && lasting != Lasting::fact) continue;
      push.offset = ++tops[push.stream];
      push.at = clock_.now();
      batch.entries.push_back({place_of(event), std::move(push)});
    }
    const auto appended = wait_for<bool>([&](auto done) {
      store_.append(std::move(batch), [done = std::move(done)](std::optional<Error> error) {
        done(error ? Result<bool>(std::move(*error)) : Result<bool>(true));
      });
    });
    if (!appended) return appended.error();
    return std::nullopt;
  }

  const std::map<std::string, std::string>& arguments_;
  Store& store_;
  ClockSource& clock_;
  const std::string link_base_;
};

}  // namespace

AdminAnswer execute_admin(const AdminRequest& request, Store& store, ClockSource& clock,
                          const std::string& link_base) {
  using Action = AdminAnswer (Execution::*)();
  static const std::map<std::string, Action> actions{
      {"token.create", &Execution::create_token},
      {"token.list", &Execution::list_tokens},
      {"token.revoke", &Execution::revoke_token},
      {"event.create", &Execution::create_event},
      {"event.list", &Execution::list_events},
      {"invite.create", &Execution::create_invitation},
      {"invite.list", &Execution::list_invitations},
      {"invite.revoke", &Execution::revoke_invitation},
  };
  const auto action = actions.find(request.action);
  if (action == actions.end()) return {false, "this server does not know " + request.action};
  Execution execution(request, store, clock, link_base);
  return (execution.*action->second)();
}

std::string encode_admin(const AdminRequest& request) {
  std::string bytes = request.action + '\0';
  for (const auto& [name, value] : request.arguments) bytes += name + '\0' + value + '\0';
  return bytes;
}

Result<AdminRequest> decode_admin(std::string_view bytes) {
  std::vector<std::string> fields;
  while (!bytes.empty()) {
    const std::size_t end = bytes.find('\0');
    if (end == std::string_view::npos) break;
    fields.emplace_back(bytes.substr(0, end));
    bytes.remove_prefix(end + 1);
  }
  if (!bytes.empty() || fields.size() % 2 != 1) {
    return refuse(ErrorCode::bad_request, "that is no request");
  }
  AdminRequest request{std::move(fields.front()), {}};
  for (std::size_t i = 1; i < fields.size(); i += 2) {
    request.arguments[fields[i]] = std::move(fields[i + 1]);
  }
  return request;
}

std::string encode_admin(const AdminAnswer& answer) {
  return (answer.succeeded ? "done" : "failed") + std::string(1, '\0') + answer.text;
}

Result<AdminAnswer> decode_admin_answer(std::string_view bytes) {
  const std::size_t end = bytes.find('\0');
  const std::string_view word = bytes.substr(0, end);
  if (end == std::string_view::npos || (word != "done" && word != "failed")) {
    return refuse(ErrorCode::unavailable, "the server ended before it answered");
  }
  return AdminAnswer{word == "done", std::string(bytes.substr(end + 1))};
}

}  // namespace hallway
