// Routes without JSON: the client's files, health, readiness, metrics.
#include "server/net/api.hpp"
#include "server/net/api_answer.hpp"
#include "server/net/assets.hpp"

namespace hallway {
namespace {

HttpResponse text_answer(unsigned status, std::string text) {
  HttpResponse answer;
  answer.status = status;
  answer.fields = {{"Content-Type", "text/plain; charset=utf-8"}, {"Cache-Control", "no-store"}};
  answer.body = std::move(text);
  return answer;
}

/// Any of the validators in If-None-Match, or `*`; weak ones are as good (RFC 9110 section 13.1.2).
bool is_known(const HttpRequest& request, std::string_view etag) {
  const std::string* const known = request.field("if-none-match");
  return known && (*known == "*" || known->find(etag) != std::string::npos);
}

HttpResponse asset_answer(const HttpRequest& request, const Asset& asset) {
  const std::string* const accepted = request.field("accept-encoding");
  const ChosenCoding chosen =
      choose_coding(asset, accepted ? std::string_view(*accepted) : std::string_view());
  HttpResponse answer;
  answer.fields = {
      {"Cache-Control", asset.is_hashed ? "public, max-age=31536000, immutable" : "no-cache"},
      {"ETag", std::string(asset.etag)},
      {"Vary", "Accept-Encoding"}};
  if (is_known(request, asset.etag)) {
    answer.status = 304;
    return answer;
  }
  answer.fields.emplace_back("Content-Type", std::string(asset.type));
  if (!chosen.name.empty()) {
    answer.fields.emplace_back("Content-Encoding", std::string(chosen.name));
  }
  answer.fixed_body = chosen.bytes;
  return answer;
}

}  // namespace

/// The same page for every address: what stands in it is asked from the API by the page itself.
Api::Awaited Api::get_page(Call call) {
  const Asset* const page = find_asset("index.html");
  if (!page) co_return problem(refuse(ErrorCode::not_found, "There is no page here."));
  co_return asset_answer(*call.request, *page);
}

Api::Awaited Api::get_asset(Call call) {
  const Asset* const asset = find_asset("assets/" + call.args[0]);
  if (!asset) co_return problem(refuse(ErrorCode::not_found, "There is no such file."));
  co_return asset_answer(*call.request, *asset);
}

Api::Awaited Api::get_health(Call) {
  co_return text_answer(200, "ok\n");
}

Api::Awaited Api::get_readiness(Call) {
  const bool ready = backend_.ready();
  co_return text_answer(ready ? 200 : 503, ready ? "ready\n" : "not ready\n");
}

Api::Awaited Api::get_metrics(Call) {
  HttpResponse answer = text_answer(200, metrics_.render());
  answer.fields[0].second = "text/plain; version=0.0.4; charset=utf-8";
  co_return answer;
}

}  // namespace hallway
