// HTTP's routes: sessions, events, invitations, the client's files, health and metrics. Each answer
// is made in one coroutine on the shard that accepted the connection; nothing here knows sockets or
// Beast.
#pragma once

#include <array>
#include <atomic>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "protocol/fields.hpp"
#include "protocol/json_writer.hpp"
#include "server/backend.hpp"
#include "server/clock.hpp"
#include "server/metrics.hpp"
#include "server/net/api_join_limit.hpp"
#include "server/net/attempt_limit.hpp"
#include "server/net/cookies.hpp"
#include "server/net/http_message.hpp"
#include "server/net/http_settings.hpp"
#include "server/net/oidc.hpp"
#include "server/net/origin.hpp"
#include "server/sso_claims.hpp"

namespace hallway {

struct Identity;

/// One for all shards; outlives their connections and borrows what it is made from. Any shard's
/// thread may call.
class Api {
 public:
  Api(const HttpSettings& settings, Backend& backend, ClockSource& clock, Metrics& metrics);
  ~Api();

  /// On the thread of `home`. Never fails: what goes wrong is an answer too.
  boost::asio::awaitable<HttpResponse> answer(std::shared_ptr<const HttpRequest> request,
                                              boost::asio::io_context& home);
  /// Adds what every answer carries; `answer` has done so already.
  void finish(const HttpRequest& request, HttpResponse& response) const;

  const OriginRule& origins() const { return origins_; }
  /// Whether the browser sees a secure page: cookies then have their prefix.
  bool is_secure(const HttpRequest& request) const;

 private:
  using Awaited = boost::asio::awaitable<HttpResponse>;

  /// A request on its way through a handler; copied into its coroutine.
  struct Call {
    std::shared_ptr<const HttpRequest> request;
    boost::asio::io_context* home = nullptr;
    std::array<std::string, 2> args;  ///< What stood for each `{…}` of the pattern, in order.
  };
  using Handler = Awaited (Api::*)(Call);
  struct Route {
    std::string_view method;
    std::string_view pattern;  ///< Segments; `{…}` takes any one that is not empty.
    Handler handler;
  };
  static const std::array<Route, 20> routes;
  static const std::array<Route, 13> identity_routes;

  static const std::array<Route, 22> group_routes;  ///< Of groups, exports and oneself.

  /// Who asks, by token or cookie.
  struct Caller {
    SessionOwner owner;
    TokenHash session{};
    std::optional<int> slot;  ///< By this cookie.
  };
  struct InEvent {
    Caller caller;
    EventId event;
    std::optional<Membership> membership;  ///< None: an operator.
  };

  /// Before something is done to an event that its place does not decide: a line of its log. What
  /// is refused then stands in the log all the same; nothing is done that does not.
  boost::asio::awaitable<std::optional<Error>> note(Call call, InEvent in, std::string action,
                                                    std::string detail);

  /// The route that fits, or why none does; fills in `args`.
  struct Match {
    const Route* route = nullptr;
    std::string_view pattern = "none";  ///< Also where only the method was wrong.
    HttpResponse refusal = {};
  };
  static Match match(const HttpRequest& request, std::array<std::string, 2>& args);

  // --- api_pages.cpp
  Awaited get_page(Call call);
  Awaited get_asset(Call call);
  Awaited get_health(Call call);
  Awaited get_readiness(Call call);
  Awaited get_metrics(Call call);

  // --- api_sessions.cpp
  Awaited post_session(Call call);
  Awaited get_sessions(Call call);
  Awaited delete_session(Call call);
  Awaited join_as_new(Call call, Invitation invitation, Card card);
  Awaited come_back(Call call, Invitation invitation, int slot);
  int slot_for_newcomer(const std::array<std::string, slots_max>& tokens) const;
  HttpResponse session_answer(const HttpRequest& request, const std::string& token, int slot,
                              std::optional<EventId> event, const PersonView& person) const;

  // --- api_account.cpp
  Awaited post_account(Call call);
  Awaited patch_account(Call call);
  Awaited post_recovery_codes(Call call);
  Awaited post_recovery(Call call);
  /// A person, and no operator.
  Result<Caller> authenticate_person(const HttpRequest& request) const;
  boost::asio::awaitable<Result<Account>> prove_account(Call call, Caller caller,
                                                        std::string passphrase);

  // --- api_sign_in.cpp
  /// A session that is about to begin, and what the browser will be told of it.
  struct Beginning {
    std::string token;
    std::string device_token;
    int slot = 0;
    NewSession session;
    DeviceChange device;
  };
  Awaited sign_in_by_passphrase(Call call, json::Object body);
  Awaited let_in(Call call, PersonId person, std::string passphrase, std::optional<EventId> event,
                 std::optional<TokenHash> invitation);
  static std::string client_of(const HttpRequest& request);
  std::optional<Error> begin_attempt(const AttemptLimit::Attempt& attempt);
  void revoke(const std::vector<TokenHash>& sessions);
  int slot_for(const std::array<std::string, slots_max>& tokens, PersonId person) const;
  Beginning begin_session(const HttpRequest& request, PersonId person);
  std::optional<TokenHash> device_of(const HttpRequest& request) const;
  HttpResponse signed_in_answer(const HttpRequest& request, const Beginning& beginning,
                                const SignedIn& signed_in) const;

  // --- api_me.cpp
  Awaited get_me(Call call);
  Awaited delete_my_session(Call call);
  Awaited delete_my_sessions(Call call);
  Awaited get_sign_in(Call call);
  void write_my_events(json::Writer& json, PersonId person) const;
  void write_my_groups(json::Writer& json, PersonId person) const;
  void forget_slot(const HttpRequest& request, const Caller& caller, HttpResponse& answer) const;

  // --- api_events.cpp
  Awaited post_event(Call call);
  Awaited get_event(Call call);
  Awaited patch_event(Call call);
  Awaited delete_event(Call call);
  Awaited get_calendar(Call call);
  boost::asio::awaitable<Result<EventView>> look_at(Call call, InEvent in);
  bool may_create_events(const Caller& caller) const;

  // --- api_invites.cpp
  Awaited post_invite(Call call);
  Awaited get_invites(Call call);
  Awaited delete_invite(Call call);
  Awaited delete_invite_by_id(Call call);
  Awaited get_invite(Call call);
  Awaited revoke_invite(Call call, InEvent in, TokenHash hash);

  // --- api_sso.cpp
  Awaited sign_in_by_jwt(Call call, json::Object body);
  Result<Vouched> verify_link(const HttpRequest& request, const JwtProvider& provider,
                              const Jwt& jwt);
  IdentitySignIn identity_of(const SsoProvider& provider, Vouched vouched,
                             std::optional<EventId> event, bool may_enter);
  /// Into the groups that the association's sign-on names; one that is not here is passed over.
  boost::asio::awaitable<void> join_groups(Call call, PersonId person,
                                           std::vector<std::pair<std::string, Role>> claimed);
  Beginning begin_identity(const HttpRequest& request, IdentitySignIn& sign_in);
  Result<std::string> base_of(const HttpRequest& request) const;
  std::optional<Error> begin_visit(const HttpRequest& request);
  Awaited get_auth(Call call);
  Awaited get_auth_callback(Call call);
  Awaited come_back_from(Call call, const OidcProvider* provider);
  Result<OidcVisit> end_visit(const HttpRequest& request, const std::string& provider);
  boost::asio::awaitable<Result<Fetched>> fetch(Call call, FetchRequest wanted);
  boost::asio::awaitable<Result<OidcDiscovery>> discover(Call call, const OidcProvider* provider);
  boost::asio::awaitable<Result<JwsKeys>> keys_for(Call call, const OidcProvider* provider,
                                                   std::string jwks_uri, Jwt jwt);
  boost::asio::awaitable<Result<Vouched>> redeem(Call call, const OidcProvider* provider,
                                                 OidcVisit visit, std::string code);

  // --- api_groups.cpp
  /// A group as one of its members, or an operator, has it.
  struct InGroup {
    Caller caller;
    Group group;
    std::optional<Role> role;  ///< None: an operator.
    bool may_manage() const;   ///< Organisers and operators.
    bool may_lead() const;     ///< And facilitators, and who has the chair.
  };
  Awaited post_group(Call call);
  Awaited get_groups(Call call);
  Awaited get_group(Call call);
  Awaited patch_group(Call call);
  Awaited delete_group(Call call);
  Awaited put_group_member(Call call);
  Awaited delete_group_member(Call call);
  Awaited delete_group_ban(Call call);
  Awaited put_rota(Call call);
  Awaited post_handover(Call call);
  /// `not_found` for whoever is not in it.
  Result<InGroup> in_group(const Call& call) const;
  /// 200 with the group as it is now.
  HttpResponse group_answer(const Call& call, GroupId group, unsigned status) const;
  Result<std::string> encode_group(const Caller& caller, GroupId group) const;

  // --- api_group_events.cpp
  Awaited post_group_events(Call call);
  Awaited post_group_session(Call call);
  Awaited get_group_calendar(Call call);
  Awaited post_group_calendar(Call call);
  Awaited delete_group_calendar(Call call);

  // --- api_export.cpp
  Awaited get_attendance(Call call);
  Awaited get_event_export(Call call);

  // --- api_export.cpp and api_own_data.cpp
  /// Of exports under way; they share a pool with seating and search.
  using Exports = std::shared_ptr<std::atomic<int>>;
  /// Makes a file of what is stored, off the shard; one at a time, the next is `rate_limited`.
  boost::asio::awaitable<Result<std::string>> exported(Call call, Exports under_way,
                                                       std::function<Result<std::string>()> make);
  // --- api_own_data.cpp
  Awaited get_my_export(Call call);
  Awaited delete_me(Call call);
  Awaited delete_my_memory(Call call);

  // --- api.cpp: what they share
  Result<Caller> authenticate(const HttpRequest& request) const;
  /// The caller as one of `event`'s people (or an operator); `capability` empty: any of them.
  Result<InEvent> authorise(const Call& call, std::string_view capability) const;
  /// A body of JSON, as an object.
  static Result<json::Object> read_body(const HttpRequest& request);
  bool origin_fits(const HttpRequest& request) const;
  std::array<std::string, slots_max> cookies_of(const HttpRequest& request) const;

  const HttpSettings& settings_;
  Backend& backend_;
  ClockSource& clock_;
  Metrics& metrics_;
  const OriginRule origins_;
  JoinLimit join_limit_;
  // Those of events and those of oneself: whoever takes their own along holds up no organiser.
  const Exports exports_ = std::make_shared<std::atomic<int>>(0);
  const Exports own_exports_ = std::make_shared<std::atomic<int>>(0);
  static constexpr double own_exports_per_s = 1.0 / 300;
  JoinLimit own_exports_limit_;  ///< By person.
  const std::unique_ptr<Identity> identity_;
};

}  // namespace hallway
