#include "server/retention.hpp"

#include <boost/asio/post.hpp>
#include <utility>
#include <vector>

#include "server/log.hpp"

namespace hallway {
namespace {

/// Lives as long as one of its callbacks is under way.
struct Run : std::enable_shared_from_this<Run> {
  Run(Backend& b, boost::asio::io_context& h, TimeMs at, std::function<void(Retired)> d)
      : backend(b), home(h), now(at), done(std::move(d)) {}

  void begin() {
    backend.aside([self = shared_from_this()] {
      auto found = self->backend.privacy().events_past_retention(self->now);
      boost::asio::post(self->home, [self, found = std::move(found)]() mutable {
        if (found) {
          self->events = std::move(*found);
        } else {
          self->complain("read", found.error());
        }
        self->next_event();
      });
    });
  }

  void next_event() {
    if (events.empty()) {
      find_stranded();
      return;
    }
    const EventId event = events.back();
    events.pop_back();
    const auto self = shared_from_this();
    backend.forget_event(home, event, [self, event](Result<bool> forgotten) {
      if (!forgotten) {
        self->complain("forget", forgotten.error());
        self->next_event();
        return;
      }
      self->delete_rows(event);
    });
  }

  void delete_rows(EventId event) {
    const auto self = shared_from_this();
    backend.registry().delete_event(event, [self, event](Result<bool> deleted) {
      boost::asio::post(self->home, [self, event, deleted = std::move(deleted)] {
        if (deleted) {
          ++self->retired.events;
          log::info("retention.event_deleted", {{"event", to_text(event)}});
        } else {
          self->complain("delete", deleted.error());
        }
        self->next_event();
      });
    });
  }

  void find_stranded() {
    backend.aside([self = shared_from_this()] {
      auto found = self->backend.privacy().stranded_guests();
      boost::asio::post(self->home, [self, found = std::move(found)]() mutable {
        if (found) self->people = std::move(*found);
        self->next_person();
      });
    });
  }

  void next_person() {
    if (people.empty()) {
      done(retired);
      return;
    }
    const PersonId person = people.back();
    people.pop_back();
    const auto self = shared_from_this();
    backend.privacy().erase_person(person, [self, person](Result<Erasure> erasure) {
      boost::asio::post(self->home, [self, person, erasure = std::move(erasure)] {
        if (erasure) {
          ++self->retired.people;
          self->backend.carry_out(person, *erasure);
        } else {
          self->complain("erase", erasure.error());
        }
        self->next_person();
      });
    });
  }

  static void complain(const char* operation, const Error& error) {
    log::warning("retention.failed", {{"operation", operation}, {"error", error.message}});
  }

  Backend& backend;
  boost::asio::io_context& home;
  const TimeMs now;
  std::function<void(Retired)> done;
  std::vector<EventId> events;
  std::vector<PersonId> people;
  Retired retired;
};

}  // namespace

void enforce_retention(Backend& backend, boost::asio::io_context& home, TimeMs now,
                       std::function<void(Retired)> done) {
  std::make_shared<Run>(backend, home, now, std::move(done))->begin();
}

}  // namespace hallway
