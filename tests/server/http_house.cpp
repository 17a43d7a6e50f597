// The fixture of http_house.hpp, on plain POSIX sockets: a test must be able to send what no
// library would.
#include "tests/server/http_house.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <boost/asio/post.hpp>
#include <boost/asio/write.hpp>
#include <stdexcept>

#include "server/tokens.hpp"

namespace hallway::test {
namespace {

std::string lower(std::string text) {
  for (char& c : text) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return text;
}

}  // namespace

// --- FakeBackend

void FakeBackend::keep(const EventView& event) {
  const Offset offset = ++offsets_[event.id];
  const auto failed = append(
      store_,
      batch_of(place_of(event.id), {push_of(stream_of(event.id), offset, EventUpdated{event})}));
  if (failed) throw std::runtime_error(failed->message);
}

void FakeBackend::create_event(boost::asio::io_context& home, EventId event, EventSpec spec,
                               Done<EventView> done) {
  EventView view;
  view.id = event;
  view.title = spec.title;
  view.starts_at = spec.starts_at;
  view.ends_at = spec.ends_at;
  view.timezone = spec.timezone;
  view.admission = spec.admission;
  view.programme = spec.programme;
  view.group = spec.group;
  view.retention_days = spec.retention_days;
  keep(view);
  boost::asio::post(home, [done = std::move(done), view] { done(view); });
}

void FakeBackend::glimpse(boost::asio::io_context& home, EventId event, PersonId viewer,
                          Done<Glimpse> done) {
  if (is_silent) return;
  auto view = store_.event(event);
  Glimpse glimpse;
  if (view) glimpse.event = *view;
  RoomView lobby;
  lobby.id = RoomId{1};
  lobby.name = "Lobby";
  lobby.kind = RoomKind::lobby;
  RoomView tables;
  tables.id = RoomId{2};
  tables.name = "Back room";
  tables.kind = RoomKind::tables;
  glimpse.event.rooms = {lobby, tables};
  if (viewer && viewer == kept_waiting) {
    glimpse.event.rooms = {lobby};
    glimpse.event.programme.clear();
  }
  glimpse.names = names_present;
  glimpse.count = static_cast<std::int64_t>(names_present.size());
  boost::asio::post(home, [done = std::move(done), glimpse] { done(glimpse); });
}

void FakeBackend::command(boost::asio::io_context& home, EventId event, PersonId person,
                          bool as_operator, Command command, Done<Reply> done) {
  commanders.emplace_back(person, as_operator);
  if (command_refusal) {
    boost::asio::post(home, [done = std::move(done), error = *command_refusal] { done(error); });
    return;
  }
  auto view = store_.event(event);
  const auto& update = std::get<EventUpdate>(command);
  if (update.title) view->title = *update.title;
  keep(*view);
  boost::asio::post(home, [done = std::move(done)] { done(Reply(PostedReply{1, noon})); });
}

void FakeBackend::note(boost::asio::io_context& home, EventId, PersonId by, AuditView act,
                       Done<Reply> done) {
  if (command_refusal) {
    boost::asio::post(home, [done = std::move(done), error = *command_refusal] { done(error); });
    return;
  }
  act.by = by;
  noted.push_back(std::move(act));
  boost::asio::post(home, [done = std::move(done)] { done(Reply(NothingReply{})); });
}

void FakeBackend::forget_event(boost::asio::io_context& home, EventId event, Done<bool> done) {
  if (event == unforgettable) {
    boost::asio::post(
        home, [done = std::move(done)] { done(refuse(ErrorCode::unavailable, "Not now.")); });
    return;
  }
  forgotten.push_back(event);
  boost::asio::post(home, [done = std::move(done)] { done(true); });
}

void FakeBackend::carry_out(PersonId person, Erasure erasure) {
  erased.emplace_back(person, std::move(erasure));
}

void FakeBackend::revoke_session(const TokenHash& hash) {
  revoked.push_back(hash);
}

// --- Answer and WireClient

std::string Answer::field(const std::string& name) const {
  const auto found = fields.find(name);
  return found == fields.end() ? std::string() : found->second;
}

std::vector<std::string> Answer::all(const std::string& name) const {
  std::vector<std::string> values;
  const auto [first, last] = fields.equal_range(name);
  for (auto each = first; each != last; ++each) values.push_back(each->second);
  return values;
}

WireClient::WireClient(std::uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
  const timeval patience{10, 0};
  ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  ::setsockopt(socket_, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
    throw std::runtime_error("no connection");
  }
}

WireClient::~WireClient() {
  ::close(socket_);
}

bool WireClient::try_send(std::string_view bytes) {
  while (!bytes.empty()) {
    const auto sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

void WireClient::send(std::string_view bytes) {
  if (!try_send(bytes)) throw std::runtime_error("cannot send");
}

bool WireClient::fill() {
  char bytes[16384];
  const auto got = ::recv(socket_, bytes, sizeof bytes, 0);
  if (got < 0 && errno != ECONNRESET) throw std::runtime_error("no answer in ten seconds");
  if (got > 0) buffer_.append(bytes, static_cast<std::size_t>(got));
  return got > 0;
}

bool WireClient::is_closed_by_peer() {
  return buffer_.empty() && !fill();
}

bool WireClient::is_readable_within(int ms) {
  pollfd watched{socket_, POLLIN, 0};
  return ::poll(&watched, 1, ms) > 0;
}

Answer WireClient::read_answer(bool has_body) {
  Answer answer;
  std::size_t end = 0;
  while ((end = buffer_.find("\r\n\r\n")) == std::string::npos) {
    if (!fill()) return answer;
  }
  std::string head = buffer_.substr(0, end + 2);
  buffer_.erase(0, end + 4);
  answer.status = std::stoi(head.substr(9, 3));
  for (std::size_t at = head.find("\r\n") + 2; at < head.size();) {
    const std::size_t line_end = head.find("\r\n", at);
    const std::size_t colon = head.find(": ", at);
    answer.fields.emplace(lower(head.substr(at, colon - at)),
                          head.substr(colon + 2, line_end - colon - 2));
    at = line_end + 2;
  }
  const std::string length = answer.field("content-length");
  if (!has_body || length.empty()) return answer;
  const std::size_t bytes = std::stoul(length);
  while (buffer_.size() < bytes) {
    if (!fill()) throw std::runtime_error("the answer broke off");
  }
  answer.body = buffer_.substr(0, bytes);
  buffer_.erase(0, bytes);
  return answer;
}

// --- HttpHouse

HttpHouse::HttpHouse(HttpSettings wanted, boost::asio::ssl::context* tls)
    : settings(std::move(wanted)),
      backend(*stored.store),
      api(settings, backend, clock, metrics),
      listener_(io,
                std::make_shared<HttpService>(HttpService{
                    settings, api, metrics, clock,
                    [this](PlainOrTlsStream stream, UpgradeRequest, UpgradeInfo info) {
                      upgrades.push_back(std::move(info));
                      const std::string_view yes = "HTTP/1.1 101 Switching Protocols\r\n\r\n";
                      std::visit(
                          [&](auto& open) {
                            boost::system::error_code ignored;
                            boost::asio::write(open, boost::asio::buffer(yes), ignored);
                          },
                          stream);
                    }}),
                [this]() -> boost::asio::io_context& { return io; }),
      guard_(boost::asio::make_work_guard(io)) {
  const auto listening = listener_.listen("127.0.0.1", 0, tls);
  if (!listening) throw std::runtime_error(listening.error().message);
  thread_ = std::thread([this] { io.run(); });
}

HttpHouse::~HttpHouse() {
  io.stop();
  thread_.join();
}

std::string HttpHouse::bytes_of(const Ask& ask) const {
  std::string bytes = ask.method + " " + ask.path +
                      " HTTP/1.1\r\nHost: localhost:" + std::to_string(port()) + "\r\n";
  for (const auto& [name, value] : ask.fields) bytes += name + ": " + value + "\r\n";
  if (!ask.body.empty()) {
    if (!ask.type.empty()) bytes += "Content-Type: " + ask.type + "\r\n";
    bytes += "Content-Length: " + std::to_string(ask.body.size()) + "\r\n";
  }
  return bytes + "\r\n" + ask.body;
}

Answer HttpHouse::ask(const Ask& ask) const {
  WireClient client(port());
  client.send(bytes_of(ask));
  return client.read_answer(ask.method != "HEAD");
}

EventId HttpHouse::make_event(std::string title, TimeMs ends_at) {
  EventView event;
  event.id = EventId{clock.random_u64()};
  event.title = std::move(title);
  event.starts_at = noon;
  event.ends_at = ends_at;
  event.timezone = "Europe/Copenhagen";
  backend.keep(event);
  return event.id;
}

std::string HttpHouse::invite(EventId event, Role role, std::optional<std::int64_t> uses) {
  const std::string token = clock.random_token();
  Invitation invitation;
  invitation.hash = hash_token(token);
  invitation.event = event;
  invitation.role = role;
  invitation.created_at = clock.now();
  invitation.uses = uses;
  answer_of<Result<bool>>([&](auto done) { stored.store->put_invitation(invitation, done); });
  return token;
}

std::string HttpHouse::operator_token() {
  const std::string token = clock.random_token();
  answer_of<Result<bool>>([&](auto done) {
    stored.store->put_operator(hash_token(token), clock.now(), clock.now() + 1'000'000, done);
  });
  return token;
}

std::string HttpHouse::person(EventId event, Role role, const std::string& name) {
  const std::string token = invite(event, role);
  const Answer answer = ask({"POST",
                             "/api/v1/sessions",
                             {},
                             R"({"invite":")" + token + R"(","name":")" + name + R"("})"});
  if (answer.status != 201) throw std::runtime_error("could not join: " + answer.body);
  return text_in(answer.body, "token");
}

std::string text_in(const std::string& json, const std::string& key) {
  const std::string before = "\"" + key + "\":\"";
  const std::size_t at = json.find(before);
  if (at == std::string::npos) return {};
  const std::size_t begin = at + before.size();
  return json.substr(begin, json.find('"', begin) - begin);
}

}  // namespace hallway::test
