// Where a command goes, and the few that ask more than one place.
#include <algorithm>
#include <type_traits>
#include <utility>

#include "protocol/limits.hpp"
#include "rooms/conversation_place.hpp"
#include "server/core/hub.hpp"
#include "server/core/session.hpp"

namespace hallway {
namespace {

Error no_event() {
  return refuse(ErrorCode::conflict, "Say hello with an event first; this belongs to one.");
}
Error no_such_stream() {
  return refuse(ErrorCode::not_found, "There is no such place here.", "stream");
}

template <class C>
concept NamesStream = requires(const C& command) {
  { command.stream } -> std::convertible_to<StreamId>;
};

}  // namespace

std::optional<PlaceId> Session::place_for(StreamId stream, Error& error) const {
  switch (stream.kind) {
    case StreamKind::conversation:
      return place_of(ConversationId{stream.value});
    case StreamKind::person:
      if (stream == stream_of(person_)) return place_of(person_);
      error = no_such_stream();
      return std::nullopt;
    case StreamKind::facts:
      error = no_such_stream();
      return std::nullopt;
    default:
      if (event_) return place_of(event_);
      error = no_event();
      return std::nullopt;
  }
}

std::optional<PlaceId> Session::place_for(const Command& command, Error& error) const {
  return std::visit(
      [&](const auto& c) -> std::optional<PlaceId> {
        using C = std::decay_t<decltype(c)>;
        if constexpr (std::is_same_v<C, Read> || std::is_same_v<C, PersonBlock> ||
                      std::is_same_v<C, PersonUnblock>) {
          return place_of(person_);
        } else if constexpr (std::is_same_v<C, ReportFile>) {
          return std::nullopt;  // It has a way of its own.
        } else if constexpr (std::is_same_v<C, ConversationAnswer>) {
          return place_for(stream_of(c.conversation), error);
        } else if constexpr (NamesStream<C>) {
          return place_for(c.stream, error);
        } else {
          if (event_) return place_of(event_);
          error = no_event();
          return std::nullopt;
        }
      },
      command);
}

void Session::dispatch(std::int64_t id, Command command) {
  const std::string_view name = std::visit([](const auto& c) { return c.name; }, command);
  if (const auto* clock = std::get_if<Clock>(&command)) {
    hub_.ports_.observer.command_answered(name, {});
    reply(id, ClockReply{clock->sent_at, hub_.ports_.now()});
  } else if (std::holds_alternative<Bye>(command)) {
    hub_.ports_.observer.command_answered(name, {});
    said_bye_ = true;
    reply(id, NothingReply{});
    close(CloseCode::normal);
  } else if (is_direct(command) && is_hushed()) {
    refuse_command(id, name,
                   refuse(ErrorCode::locked, "Direct messages rest for now; please try later."));
  } else if (auto* start = std::get_if<ConversationStart>(&command)) {
    start_conversation(id, std::move(*start));
  } else if (auto* report = std::get_if<ReportFile>(&command)) {
    file_report(id, std::move(*report));
  } else if (auto* wanted = std::get_if<MessageSearch>(&command)) {
    search(id, std::move(*wanted));
  } else if (auto* people = std::get_if<PersonGet>(&command)) {
    get_people(id, std::move(*people));
  } else {
    Error error;
    std::optional<PlaceId> place = place_for(command, error);
    if (const auto* block = std::get_if<PersonBlock>(&command); block && !knows(block->person)) {
      error = refuse(ErrorCode::not_found, "We do not know this person.", "person");
      place.reset();
    }
    if (!place) {
      refuse_command(id, name, std::move(error));
      return;
    }
    to_place(*place, id, std::move(command));
  }
}

/// The event says it; of who is in none the registry knows it.
bool Session::is_hushed() const {
  if (event_) return hushed_;
  const Result<bool> asked = hub_.ports_.registry.is_hushed(person_);
  return asked && *asked;
}

bool Session::is_direct(const Command& command) {
  const auto* send = std::get_if<MessageSend>(&command);
  const auto* edit = std::get_if<MessageEdit>(&command);
  return std::holds_alternative<ConversationStart>(command) ||
         (send && send->stream.kind == StreamKind::conversation) ||
         (edit && edit->stream.kind == StreamKind::conversation);
}

// --- report.file: what was said around it (the conversation, where it is one), then the event

void Session::file_report(std::int64_t id, ReportFile command) {
  if (!event_) {
    refuse_command(id, ReportFile::name, no_event());
    return;
  }
  if (command.stream.kind != StreamKind::conversation) {
    to_place(place_of(event_), id, std::move(command));
    return;
  }
  const PlaceId conversation = place_of(ConversationId{command.stream.value});
  AskAround asked{command.stream, command.offset};
  ask(PlaceMessage{conversation, {}, 0, {}, asked},
      [this, id, command = std::move(command)](Result<Answered> outcome) {
        if (!outcome) {
          refuse_command(id, ReportFile::name, outcome.error());
          return;
        }
        under_way_.emplace_back(id, ReportFile::name);
        PlaceCommand report{command};
        report.around = std::get<std::vector<MessageView>>(std::move(*outcome));
        hub_.ports_.router.to_place(
            PlaceMessage{place_of(event_), hub_.caller(*this), id, person_, std::move(report)});
      });
}

void Session::to_place(PlaceId place, Ticket ticket, Command command, bool met) {
  CallerId caller = hub_.caller(*this);
  if (ticket == 0) {
    caller.serial = 0;  // `typing` without an id is not answered.
  } else {
    under_way_.emplace_back(ticket, std::visit([](const auto& c) { return c.name; }, command));
  }
  hub_.ports_.router.to_place(
      PlaceMessage{place, caller, ticket, person_, PlaceCommand{std::move(command), met}});
}

bool Session::knows(PersonId person) const {
  const Result<std::vector<PersonView>> known = hub_.ports_.registry.people({person});
  return known && !known->empty();
}

void Session::ask(PlaceMessage message, std::function<void(Result<Answered>)> then) {
  message.person = person_;
  // The session may be gone when the answer comes.
  hub_.ask(std::move(message),
           [&hub = hub_, serial = serial_, then = std::move(then)](Result<Answered> outcome) {
             const Session* session = hub.find(serial);
             if (session != nullptr && !session->closing()) then(std::move(outcome));
           });
}

// --- conversation.start: have they met (the event), is the nonce free (the person), then the
// conversation

void Session::start_conversation(std::int64_t id, ConversationStart command) {
  std::sort(command.people.begin(), command.people.end());
  command.people.erase(std::unique(command.people.begin(), command.people.end()),
                       command.people.end());
  std::erase(command.people, person_);
  if (command.people.empty() || command.people.size() >= limits::conversation_people_max) {
    refuse_command(
        id, command.name,
        refuse(ErrorCode::bad_request, "Write to between one and seven others.", "people"));
    return;
  }
  const Result<std::vector<PersonView>> known = hub_.ports_.registry.people(command.people);
  if (!known || known->size() != command.people.size()) {
    refuse_command(
        id, command.name,
        known ? refuse(ErrorCode::not_found, "We do not know everyone you named.", "people")
              : known.error());
    return;
  }
  const auto claim = [this, id, command](bool met) {
    ask(PlaceMessage{place_of(person_), {}, 0, {}, ClaimNonce{command}},
        [this, id, command, met](Result<Answered> outcome) {
          if (!outcome) {
            refuse_command(id, ConversationStart::name, outcome.error());
            return;
          }
          std::vector<PersonId> people = command.people;
          people.push_back(person_);
          to_place(place_of(conversation_of(std::move(people))), id, command, met);
        });
  };
  if (!event_) {
    claim(false);
    return;
  }
  ask(PlaceMessage{place_of(event_), {}, 0, {}, AskMet{command.people}},
      [claim](Result<Answered> outcome) {
        const bool* met = outcome ? std::get_if<bool>(&*outcome) : nullptr;
        claim(met != nullptr && *met);
      });
}

// --- message.search: what may be searched (the event), the index, then each place for what it
// shows now

struct Session::Search {
  std::int64_t id = 0;
  MessageSearch command;
  std::vector<Registry::Hit> hits;
  std::vector<StreamId> streams;  ///< Still to be asked.
  SearchReply reply;
};

void Session::search(std::int64_t id, MessageSearch command) {
  auto state = std::make_shared<Search>();
  state->id = id;
  state->command = std::move(command);
  const auto look_up = [this, state](std::vector<SearchScope> scopes) {
    for (const Listening& each : listens_) {
      const StreamId stream = each.audience->stream();
      if (stream.kind == StreamKind::conversation) scopes.push_back({stream, {}});
    }
    if (const auto& only = state->command.stream) {
      std::erase_if(scopes, [&](const SearchScope& scope) { return scope.stream != *only; });
      if (scopes.empty()) {
        refuse_command(state->id, MessageSearch::name, no_such_stream());
        return;
      }
    }
    hub_.search(state->command, std::move(scopes), serial_,
                [this, state](Result<std::vector<Registry::Hit>> hits) {
                  if (!hits) {
                    refuse_command(state->id, MessageSearch::name, hits.error());
                    return;
                  }
                  state->hits = std::move(*hits);
                  state->reply.more =
                      static_cast<std::int64_t>(state->hits.size()) >= state->command.limit;
                  for (const Registry::Hit& hit : state->hits) {
                    state->reply.before = hit.row;
                    auto& streams = state->streams;
                    if (std::find(streams.begin(), streams.end(), hit.stream) == streams.end()) {
                      streams.push_back(hit.stream);
                    }
                  }
                  search_next(state);
                });
  };
  if (!event_) {
    look_up({});
    return;
  }
  ask(PlaceMessage{place_of(event_), {}, 0, {}, AskScopes{}}, [look_up](Result<Answered> outcome) {
    std::vector<SearchScope> scopes;
    if (outcome) scopes = std::get<std::vector<SearchScope>>(std::move(*outcome));
    look_up(std::move(scopes));
  });
}

void Session::search_next(std::shared_ptr<Search> state) {
  if (state->streams.empty()) {
    // In the order of the hits: newest first.
    auto& matches = state->reply.matches;
    std::vector<SearchMatch> sorted;
    for (const Registry::Hit& hit : state->hits) {
      for (const SearchMatch& match : matches) {
        if (match.stream == hit.stream && match.message.offset == hit.message.offset) {
          sorted.push_back(match);
        }
      }
    }
    matches = std::move(sorted);
    hub_.ports_.observer.command_answered(MessageSearch::name, {});
    reply(state->id, std::move(state->reply));
    return;
  }
  const StreamId stream = state->streams.back();
  state->streams.pop_back();
  Error error;
  const std::optional<PlaceId> place = place_for(stream, error);
  if (!place) {
    search_next(std::move(state));
    return;
  }
  AskMessages asked{stream, {}};
  for (const Registry::Hit& hit : state->hits) {
    if (hit.stream == stream) asked.offsets.push_back(hit.message.offset);
  }
  ask(PlaceMessage{*place, {}, 0, {}, std::move(asked)},
      [this, state, stream](Result<Answered> outcome) {
        if (outcome) {
          for (MessageView& message : std::get<std::vector<MessageView>>(*outcome)) {
            if (!message.deleted) state->reply.matches.push_back({stream, std::move(message)});
          }
        }
        search_next(state);
      });
}

// --- person.get: the event knows who is here; of others, those of one's conversations are told

void Session::remember_people(const PlaceWelcome& told) {
  if (!told.conversation) return;
  for (const PersonId person : told.conversation->people) {
    const auto at = std::lower_bound(correspondents_.begin(), correspondents_.end(), person);
    if (at == correspondents_.end() || *at != person) correspondents_.insert(at, person);
  }
}

void Session::get_people(std::int64_t id, PersonGet command) {
  const auto complete = [this, id, people = command.people](PeopleReply told) {
    std::vector<PersonId> missing;
    for (const PersonId person : people) {
      const bool found = std::any_of(told.people.begin(), told.people.end(),
                                     [&](const PersonView& view) { return view.id == person; });
      const bool is_own = person == person_ || std::binary_search(correspondents_.begin(),
                                                                  correspondents_.end(), person);
      if (!found && is_own) missing.push_back(person);
    }
    if (!missing.empty()) {
      if (Result<std::vector<PersonView>> known = hub_.ports_.registry.people(missing)) {
        for (PersonView& view : *known) {
          view.state = PersonState::away;
          told.people.push_back(std::move(view));
        }
      }
    }
    hub_.ports_.observer.command_answered(PersonGet::name, {});
    reply(id, std::move(told));
  };
  if (!event_) {
    complete({});
    return;
  }
  ask(PlaceMessage{place_of(event_), {}, 0, {}, PlaceCommand{std::move(command)}},
      [complete](Result<Answered> outcome) {
        PeopleReply told;
        if (outcome) {
          if (auto* got = std::get_if<Reply>(&*outcome)) told = std::get<PeopleReply>(*got);
        }
        complete(std::move(told));
      });
}

}  // namespace hallway
