// How simulated people treat others: see manners.hpp.
#include "bots/manners.hpp"

#include <algorithm>
#include <array>
#include <cctype>

#include "bots/crowd.hpp"
#include "bots/profiles.hpp"

namespace hallway::load {
namespace {

constexpr double letter_every_s = 25;
constexpr double reaction_share = 0.03;
constexpr std::int64_t polite_pause_us = 45'000'000;
constexpr std::size_t heard_max = 5'000;

constexpr std::array<std::string_view, 6> emojis = {"👍", "❤️", "😂", "🎉", "🙏", "💡"};
constexpr std::array<std::string_view, 16> greetings = {
    "hi",  "hello", "hey",   "hej",     "hei",  "moi",    "hallo",   "goddag",
    "god", "good",  "halló", "bonjour", "hola", "servus", "morning", "tere"};

std::string lower(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return out;
}

std::string filled(std::string_view line, const std::string& name) {
  std::string out(line);
  if (const std::size_t at = out.find("{}"); at != std::string::npos) {
    out.replace(at, 2, name);
  }
  return out;
}

std::string polite_words(const std::string& name, bool in_private) {
  const std::string hello = name.empty() ? "Hello!" : "Hello " + first_name(name) + "!";
  if (in_private) {
    return hello +
           " Thank you for writing. I am one of the simulated people of this demo, so I "
           "cannot say much – but it is good to have you here.";
  }
  return hello +
         " Good to have you here. I am one of the simulated people, so forgive me if I "
         "talk past you.";
}

}  // namespace

bool is_greeting(std::string_view body) {
  const std::string text = lower(body.substr(0, 40));
  const std::size_t end = text.find_first_of(" ,.!?\n");
  return std::find(greetings.begin(), greetings.end(), text.substr(0, end)) != greetings.end();
}

void Manners::begin() {
  crowd_.after_s(letter_every_s * (0.5 + crowd_.share()), [this] {
    write_letter();
    begin();
  });
}

void Manners::write_letter() {
  Bot& from = crowd_.any_bot();
  Bot& to = crowd_.any_bot();
  if (&from == &to || !from.is_here() || !to.is_here()) {
    return;
  }
  const auto& scripts = private_scripts();
  const auto* const script = &scripts[crowd_.pick(scripts.size())];
  from.write_to(to.person(), filled(script->front(), to.given_name()),
                [this, script](const std::string& conversation) {
                  letters_["conversation:" + conversation] = {script, 1};
                });
}

void Manners::meet(Bot& bot, const wire::Value& conversation, const wire::Value& messages) {
  if (messages.size() == 0) {
    return;
  }
  const wire::Value last = messages.at(messages.size() - 1);
  SeenMessage message{"conversation:" + conversation["id"].text(),
                      static_cast<std::uint64_t>(last["offset"].number()), last["by"].text(),
                      last["body"].text()};
  // Whoever knows the conversation already has dealt with what stands in it.
  const bool fresh = conversation["read"].number() < last["offset"].number();
  if (fresh && message.by != bot.person()) {
    hear(bot, message);
  }
}

void Manners::hear(Bot& bot, const SeenMessage& message) {
  if (message.by == bot.person()) {
    return;
  }
  const bool by_person = crowd_.bot_of(message.by) == nullptr;
  if (message.stream.starts_with("conversation:")) {
    if (by_person) {
      answer_person(bot, message);
    } else {
      go_on(bot, message.stream, message.by);
    }
    return;
  }
  if (by_person && is_addressed(bot, message.body)) {
    answer_person(bot, message);
  } else if (by_person && is_greeting(message.body)) {
    // Everybody near hears a greeting; the first one answers.
    if (heard_.emplace(message.stream, message.offset).second) {
      answer_person(bot, message);
    }
  } else {
    maybe_react(bot, message);
  }
  while (heard_.size() > heard_max) {
    heard_.erase(heard_.begin());
  }
}

void Manners::maybe_react(Bot& bot, const SeenMessage& message) {
  const double listeners = static_cast<double>(crowd_.bots_at(message.stream).size()) + 1;
  if (crowd_.share() > 4 * reaction_share / listeners) {
    return;
  }
  const std::string emoji(emojis[crowd_.pick(emojis.size())]);
  crowd_.after_s(2 + 5 * crowd_.share(), [&bot, message, emoji] {
    if (bot.is_here()) {
      bot.react(message, emoji);
    }
  });
}

bool Manners::is_addressed(const Bot& bot, const std::string& body) const {
  const std::string name = lower(bot.given_name());
  const bool named = name.size() > 2 && lower(body).find(name) != std::string::npos;
  return named || body.find("<@" + bot.person() + ">") != std::string::npos;
}

bool Manners::may_answer(const std::string& person, const std::string& stream) {
  std::int64_t& last_us = answered_us_[{person, stream}];
  const std::int64_t now = now_us();
  if (last_us != 0 && now - last_us < polite_pause_us) {
    return false;
  }
  last_us = now;
  return true;
}

void Manners::answer_person(Bot& bot, const SeenMessage& message) {
  if (!may_answer(message.by, message.stream)) {
    return;
  }
  const bool in_private = message.stream.starts_with("conversation:");
  bot.ask_name(message.by, [this, &bot, message, in_private](const std::string& name) {
    bot.show_typing(message.stream);
    crowd_.loop().after_ms(2'000, [&bot, message, name, in_private] {
      bot.say(message.stream, polite_words(name, in_private), message.offset, {});
    });
  });
}

void Manners::go_on(Bot& bot, const std::string& stream, const std::string& other) {
  // The letter may arrive before its writer's reply told us which script it belongs to.
  crowd_.after_s(6 + 10 * crowd_.share(), [this, &bot, stream, other] {
    const auto found = letters_.find(stream);
    Bot* const to = crowd_.bot_of(other);
    if (found == letters_.end() || to == nullptr) {
      return;
    }
    Letters& letters = found->second;
    if (letters.next >= letters.script->size()) {
      letters_.erase(found);
      return;
    }
    const std::string_view line = (*letters.script)[letters.next++];
    bot.say(stream, filled(line, to->given_name()), 0, {});
  });
}

}  // namespace hallway::load
