// One person of the load client, speaking hallway.v1: see member.hpp.
#include "load/member.hpp"

#include <algorithm>
#include <charconv>
#include <stdexcept>
#include <utility>

namespace hallway::load {
namespace {

constexpr std::int64_t default_retry_ms = 500;
constexpr int resends_at_once = 4;
constexpr std::int64_t resend_pause_us = 500'000;
constexpr std::string_view push_prefix = "{\"push\":";
constexpr std::string_view nonce_letters =
    "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_";

/// Calls each with every object of a message; several stand in one, a line feed between them.
template <typename Each>
void for_each_object(std::string_view message, const Each& each) {
  while (!message.empty()) {
    const std::size_t end = message.find('\n');
    const std::string_view object = message.substr(0, end);
    if (!object.empty()) {
      each(object);
    }
    message.remove_prefix(end == std::string_view::npos ? message.size() : end + 1);
  }
}

Endpoint socket_endpoint(const Link& link) {
  const bool tls = link.tls_port != 0;
  return {link.endpoint.host, tls ? link.tls_port : link.endpoint.port, tls};
}

Answer lost_answer() {
  return {false, wire::parse(R"({"code":"lost"})")};
}

}  // namespace

Link parse_link(std::string_view link) {
  constexpr std::string_view scheme = "http://";
  if (!link.starts_with(scheme)) {
    throw std::invalid_argument("A link begins with http:// and leads to this machine.");
  }
  link.remove_prefix(scheme.size());
  const std::size_t colon = link.find(':');
  const std::size_t slash = link.find("/j/");
  if (colon == std::string_view::npos || slash == std::string_view::npos || slash < colon) {
    throw std::invalid_argument("A link looks like http://127.0.0.1:8080/j/…");
  }
  Link parsed;
  parsed.endpoint.host = link.substr(0, colon);
  if (parsed.endpoint.host != "127.0.0.1" && parsed.endpoint.host != "localhost") {
    throw std::invalid_argument("Load is made on the loopback address alone.");
  }
  const char* const digits = link.data() + colon + 1;
  const auto [end, error] = std::from_chars(digits, link.data() + slash, parsed.endpoint.port);
  if (error != std::errc() || end != link.data() + slash) {
    throw std::invalid_argument("The link's port is no number.");
  }
  parsed.invite = link.substr(slash + 3);
  return parsed;
}

Member::Member(Loop& loop, const Link& link, Profile profile, Events& events, TrafficCount& traffic,
               std::uint64_t seed, MemberSettings settings)
    : loop_(loop),
      link_(link),
      profile_(std::move(profile)),
      events_(events),
      settings_(settings),
      chance_(seed),
      connection_(loop, socket_endpoint(link), *this, traffic, settings.line) {}

Member::~Member() {
  loop_.cancel(return_timer_);
  loop_.cancel(send_timer_);
}

void Member::join() {
  if (is_joined()) {
    connect();
  } else {
    stopped_ = false;
    sign_in();
  }
}

void Member::sign_in() {
  wire::Fields body;
  body.add("invite", link_.invite).add("name", profile_.name);
  const std::pair<const char*, const std::string&> optional[] = {{"about", profile_.about},
                                                                 {"ask", profile_.ask},
                                                                 {"offer", profile_.offer},
                                                                 {"org", profile_.org},
                                                                 {"title", profile_.title}};
  for (const auto& [key, value] : optional) {
    if (!value.empty()) {
      body.add(key, value);
    }
  }
  call_ = std::make_unique<HttpCall>(loop_, link_.endpoint, "POST", "/api/v1/sessions", body.str(),
                                     [this](const HttpAnswer& answer) {
                                       const auto call = std::move(call_);
                                       handle_session(answer);
                                     });
}

void Member::handle_session(const HttpAnswer& answer) {
  const wire::Value body = wire::parse(answer.body);
  if (answer.status == 201) {
    token_ = body["token"].text();
    person_ = body["person"]["id"].text();
    event_ = body["event"].is_string() ? body["event"].text() : body["event"]["id"].text();
    failures_ = 0;
    events_.on_joined();
    return;
  }
  const bool passing = answer.status == 0 || answer.status == 429 || answer.status >= 500;
  if (!passing) {
    refuse("joining was refused: " + std::to_string(answer.status) + " " + answer.body);
    return;
  }
  ++failures_;
  return_timer_ = loop_.after_ms(
      std::uniform_int_distribution<std::int64_t>(100, 200 * std::min(failures_, 20))(chance_),
      [this] { sign_in(); });
}

void Member::connect() {
  loop_.cancel(return_timer_);
  stopped_ = false;
  ready_ = false;
  last_id_ = 0;
  connection_.connect(bare_path_.empty() ? "/ws" : bare_path_);
}

void Member::on_open() {
  if (!bare_path_.empty()) {
    ready_ = true;
    events_.on_hello({});
    return;
  }
  wire::Fields resume;
  for (const auto& [stream, point] : streams_) {
    resume.raw(stream, wire::Fields().add("epoch", point.epoch).add("offset", point.offset).str());
  }
  wire::Fields data;
  data.add("token", token_).add("event", event_);
  data.raw("client", R"({"name":"hallway-load","version":"1"})");
  if (!streams_.empty()) {
    data.raw("resume", resume.str());
  }
  events_.on_resume(streams_);
  hello_id_ = next_id();
  send_command(hello_id_, "hello", data.str());
}

void Member::drop(std::int64_t back_after_ms) {
  connection_.drop();
  ready_ = false;
  fail_asked();
  events_.on_lost(0);
  if (back_after_ms < 0) {
    stopped_ = true;
  } else {
    return_later(back_after_ms);
  }
}

void Member::leave() {
  stopped_ = true;
  loop_.cancel(return_timer_);
  loop_.cancel(send_timer_);
  send_timer_us_ = 0;
  if (ready_) {
    send_command(next_id(), "bye", "{}");
  } else {
    connection_.drop();
  }
}

void Member::on_gone(int close_code) {
  ready_ = false;
  fail_asked();
  events_.on_lost(close_code);
  if (close_code >= 4000 && close_code < 4100) {
    refuse("the server closed with " + std::to_string(close_code));
  } else if (!stopped_ && settings_.return_by_itself) {
    return_later(0);
  }
}

void Member::return_later(std::int64_t delay_ms) {
  if (delay_ms == 0) {
    const std::int64_t ceiling =
        std::min(settings_.backoff_base_ms << std::min(failures_, 10), settings_.backoff_max_ms);
    ++failures_;
    delay_ms = std::uniform_int_distribution<std::int64_t>(1, ceiling)(chance_);
  }
  loop_.cancel(return_timer_);
  return_timer_ = loop_.after_ms(delay_ms, [this] { connect(); });
}

void Member::fail_asked() {
  const auto asked = std::exchange(asked_, {});
  late_.clear();
  for (Kept& kept : kept_) {
    kept.ids.clear();
    kept.not_before_us = 0;
  }
  for (const auto& [id, on_answer] : asked) {
    if (on_answer) {
      on_answer(lost_answer());
    }
  }
}

void Member::refuse(const std::string& why) {
  stopped_ = true;
  loop_.cancel(return_timer_);
  events_.on_refused(why);
}

void Member::on_text(std::string_view message) {
  if (ready_ && events_.on_raw(message)) {
    return;
  }
  for_each_object(message, [this](std::string_view object) {
    if (!settings_.ignore_pushes || !object.starts_with(push_prefix)) {
      handle_object(object);
    }
  });
}

void Member::handle_object(std::string_view text) {
  const wire::Value object = wire::parse(text);
  if (object.has("push")) {
    handle_push(object, text.size());
  } else if (object.has("ping")) {
    connection_.send_text(wire::Fields().add("pong", object["ping"].number()).str());
  } else if (object.has("id")) {
    handle_reply(object["id"].number(), object);
  }
}

void Member::handle_reply(std::int64_t id, const wire::Value& object) {
  const Answer answer{object.has("ok"), object.has("ok") ? object["ok"] : object["err"]};
  if (id == hello_id_) {
    handle_hello(answer);
    return;
  }
  if (auto asked = asked_.extract(id); !asked.empty()) {
    if (asked.mapped()) {
      asked.mapped()(answer);
    }
    return;
  }
  settle(id, answer);
}

void Member::handle_hello(const Answer& answer) {
  if (!answer.ok) {
    const bool passing = answer.body["retry"].flag();
    connection_.drop();
    if (passing) {
      return_later(0);
    } else {
      refuse("hello was refused: " + answer.code());
    }
    return;
  }
  failures_ = 0;
  for (const std::string& stream : answer.body["reset"].keys()) {
    streams_.erase(stream);
  }
  // A conversation's entry stands for its stream.opened; others not recovered are opened anew.
  const wire::Value tops = answer.body["streams"];
  for (const wire::Value& conversation : answer.body["conversations"].items()) {
    const std::string stream = "conversation:" + conversation["id"].text();
    if (!answer.body["recovered"].has(stream)) {
      streams_[stream] = {conversation["epoch"].text(),
                          static_cast<std::uint64_t>(conversation["offset"].number())};
    }
  }
  if (const std::string stream = "event:" + event_;
      tops.has(stream) && !answer.body["recovered"].has(stream)) {
    streams_[stream] = {tops[stream]["epoch"].text(),
                        static_cast<std::uint64_t>(tops[stream]["offset"].number())};
  }
  ready_ = true;
  events_.on_hello(answer.body);
  send_due();
}

void Member::handle_push(const wire::Value& object, std::size_t bytes) {
  Push push;
  push.name = object["push"].text();
  push.stream = object["stream"].text();
  push.offset = static_cast<std::uint64_t>(object["offset"].number());
  push.at_ms = object["at"].number();
  push.by = object["by"].text();
  push.data = object["data"];
  push.bytes = bytes;
  if (push.name == "stream.opened") {
    streams_[push.stream] = {push.data["epoch"].text(),
                             static_cast<std::uint64_t>(push.data["offset"].number())};
    events_.on_opened(push.stream, push.data);
    return;
  }
  if (push.name == "stream.closed") {
    streams_.erase(push.stream);
    events_.on_closed(push.stream);
    return;
  }
  // Told before the point moves: the owner sees where the client stood.
  events_.on_push(push);
  if (push.offset > 0) {
    if (const auto found = streams_.find(push.stream); found != streams_.end()) {
      found->second.offset = std::max(found->second.offset, push.offset);
    }
  }
}

void Member::ask(std::string_view cmd, const wire::Fields& data, OnAnswer on_answer) {
  if (!ready_) {
    if (on_answer) {
      loop_.after_ms(0, [on_answer] { on_answer(lost_answer()); });
    }
    return;
  }
  const std::int64_t id = next_id();
  asked_.emplace(id, std::move(on_answer));
  send_command(id, cmd, data.str());
}

void Member::keep(std::string_view cmd, wire::Fields data, std::string stream, std::string body,
                  std::string nonce, OnAnswer on_answer) {
  Kept kept;
  kept.cmd = cmd;
  kept.stream = std::move(stream);
  kept.body = std::move(body);
  kept.data = data.add("nonce", nonce).str();
  kept.nonce = std::move(nonce);
  kept.on_answer = std::move(on_answer);
  kept_.push_back(std::move(kept));
  send_due();
}

std::string Member::fresh_nonce() {
  std::string nonce;
  for (std::uint64_t bits : {chance_(), chance_()}) {
    for (int i = 0; i < 9; ++i) {
      nonce += nonce_letters[bits & 63U];
      bits >>= 6U;
    }
  }
  return nonce;
}

void Member::send_command(std::int64_t id, std::string_view cmd, std::string_view data) {
  std::string text = "{\"id\":" + std::to_string(id) + ",\"cmd\":\"";
  text.append(cmd).append("\",\"d\":").append(data).append("}");
  connection_.send_text(text);
}

void Member::send_due() {
  if (!ready_) {
    return;
  }
  const std::int64_t now = now_us();
  std::int64_t next_us = INT64_MAX;
  int again = 0;
  for (Kept& kept : kept_) {
    const std::int64_t due_us =
        kept.ids.empty() ? kept.not_before_us : kept.sent_us + settings_.answer_limit_ms * 1'000;
    if (due_us > now) {
      next_us = std::min(next_us, due_us);
      continue;
    }
    // A server in trouble is not stormed by all that was kept meanwhile, and neither is its limit.
    if (kept.tries > 0 && ++again > resends_at_once) {
      next_us = std::min(next_us, now + resend_pause_us);
      break;
    }
    kept.ids.push_back(next_id());
    kept.sent_us = now;
    ++kept.tries;
    events_.on_sent(kept);
    send_command(kept.ids.back(), kept.cmd, kept.data);
    next_us = std::min(next_us, now + settings_.answer_limit_ms * 1'000);
  }
  if (next_us != INT64_MAX) {
    schedule(next_us);
  }
}

void Member::schedule(std::int64_t at_us) {
  // An earlier timer finds the later work when it fires; only an earlier need sets a new one.
  const std::int64_t now = now_us();
  if (send_timer_us_ > now && send_timer_us_ <= at_us) {
    return;
  }
  loop_.cancel(send_timer_);
  send_timer_us_ = at_us;
  send_timer_ = loop_.after_ms((at_us - now) / 1'000 + 1, [this] {
    send_timer_us_ = 0;
    send_due();
  });
}

void Member::settle(std::int64_t id, const Answer& answer) {
  if (const auto late = late_.extract(id); !late.empty()) {
    events_.on_answered(late.mapped(), answer);
    return;
  }
  const auto found = std::find_if(kept_.begin(), kept_.end(), [id](const Kept& kept) {
    return std::find(kept.ids.begin(), kept.ids.end(), id) != kept.ids.end();
  });
  if (found == kept_.end()) {
    return;
  }
  events_.on_answered(*found, answer);
  std::erase(found->ids, id);
  if (!answer.ok && answer.body["retry"].flag()) {
    const std::int64_t wait_ms = answer.body["retry_after_ms"].number(default_retry_ms);
    found->not_before_us = now_us() + std::max<std::int64_t>(wait_ms, 20) * 1'000;
    schedule(found->not_before_us);
    return;
  }
  const Kept kept = std::move(*found);
  kept_.erase(found);
  for (const std::int64_t other : kept.ids) {
    late_.emplace(other, kept);
  }
  if (kept.on_answer) {
    kept.on_answer(answer);
  }
}

}  // namespace hallway::load
