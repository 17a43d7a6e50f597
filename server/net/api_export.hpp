// What exports of an event and of a person have in common.
#pragma once

#include <string>
#include <vector>

#include "protocol/json_writer.hpp"
#include "server/net/http_message.hpp"
#include "server/privacy.hpp"

namespace hallway {

/// A member `pushes` of the open object: each as it went over the wire, people as ids.
void write_pushes(json::Writer& json, const std::vector<StoredPush>& pushes);

/// A file to be kept, and by no cache.
HttpResponse download_answer(std::string type, const std::string& name, std::string body);

}  // namespace hallway
