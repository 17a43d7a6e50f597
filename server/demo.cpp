#include "server/demo.hpp"

#include <boost/asio/post.hpp>
#include <memory>

#include "server/tokens.hpp"

namespace hallway {
namespace {

/// The same at every start, so that the demo on existing data is found again.
constexpr EventId demo_event{0xDE30DE30DE30DE30ULL};
/// 9999-12-31T23:59:59Z: an event without an end.
constexpr TimeMs never_ends_at = 253'402'300'799'000;

EventSpec demo_spec(TimeMs now) {
  EventSpec spec;
  spec.title = "The Hallway demo";
  spec.starts_at = now;
  spec.ends_at = never_ends_at;
  spec.timezone = "Europe/Copenhagen";
  spec.rooms = {
      {.name = "Lobby", .kind = RoomKind::lobby},
      {.name = "Plenary", .kind = RoomKind::plenary},
      {.name = "Networking tables", .kind = RoomKind::tables, .tables = 12, .capacity = 6}};
  return spec;
}

/// One invitation after another, then the caller's `done`.
struct Inviting : std::enable_shared_from_this<Inviting> {
  Inviting(Backend& b, ClockSource& c, boost::asio::io_context& h,
           std::function<void(Result<DemoLinks>)> d)
      : backend(b), clock(c), home(h), done(std::move(d)) {}

  void next() {
    static constexpr std::array roles{Role::member, Role::facilitator, Role::moderator,
                                      Role::organiser};
    if (links.size() == roles.size()) {
      done(std::move(links));
      return;
    }
    const Role role = roles[links.size()];
    const std::string token = clock.random_token();
    Invitation invitation;
    invitation.hash = hash_token(token);
    invitation.event = demo_event;
    invitation.role = role;
    invitation.created_at = clock.now();
    backend.registry().put_invitation(invitation,
                                      [self = shared_from_this(), role, token](Result<bool> put) {
                                        boost::asio::post(self->home, [self, role, token, put] {
                                          if (!put) {
                                            self->done(put.error());
                                            return;
                                          }
                                          self->links.emplace_back(role, token);
                                          self->next();
                                        });
                                      });
  }

  Backend& backend;
  ClockSource& clock;
  boost::asio::io_context& home;
  std::function<void(Result<DemoLinks>)> done;
  DemoLinks links;
};

}  // namespace

void open_demo(Backend& backend, ClockSource& clock, boost::asio::io_context& home,
               std::function<void(Result<DemoLinks>)> done) {
  auto inviting = std::make_shared<Inviting>(backend, clock, home, std::move(done));
  const Result<EventView> known = backend.registry().event(demo_event);
  if (!known) {
    backend.create_event(home, demo_event, demo_spec(clock.now()),
                         [inviting](Result<EventView> created) {
                           if (created) {
                             inviting->next();
                           } else {
                             inviting->done(created.error());
                           }
                         });
    return;
  }
  // Somebody may have ended it.
  EventUpdate reopen;
  reopen.state = EventState::live;
  reopen.ends_at = never_ends_at;
  backend.command(home, demo_event, PersonId{}, true, reopen,
                  [inviting](Result<Reply>) { inviting->next(); });
}

}  // namespace hallway
