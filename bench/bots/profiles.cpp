// Who the simulated people are: see profiles.hpp.
#include "bots/profiles.hpp"

#include <algorithm>
#include <array>
#include <random>
#include <set>
#include <utility>

namespace hallway::load {
namespace {

struct Name {
  std::string_view given;
  std::string_view family;
};

// Given and family names of one line belong together; beyond the list they are mixed.
constexpr std::array<Name, 40> names = {{
    {"Ingrid", "Solbakken"},    {"Mette", "Kjærgaard"},      {"Søren", "Østergaard"},
    {"Aino", "Virtanen"},       {"Björk", "Sigurðardóttir"}, {"Lars", "Lindqvist"},
    {"Åsa", "Nyström"},         {"Mikko", "Hämäläinen"},     {"Freja", "Thygesen"},
    {"Jógvan", "Joensen"},      {"Amara", "Okafor"},         {"Wanjiku", "Kamau"},
    {"Thandiwe", "Nkosi"},      {"Yusuf", "Demir"},          {"Leïla", "Benali"},
    {"Siobhán", "O’Reilly"},    {"Gareth", "Llewellyn"},     {"Priya", "Raghunathan"},
    {"Arjun", "Mehta"},         {"Mei-Ling", "Chen"},        {"Haruki", "Tanaka"},
    {"Minh Anh", "Nguyễn"},     {"Ji-woo", "Park"},          {"Sofía", "Castellanos"},
    {"João", "Figueiredo"},     {"Mateus", "Albuquerque"},   {"Catalina", "Quispe"},
    {"Zofia", "Wiśniewska"},    {"Jiří", "Dvořák"},          {"Oksana", "Kovalenko"},
    {"Katarína", "Horváthová"}, {"Žiga", "Novak"},           {"Elif", "Yıldız"},
    {"Nikos", "Papadakis"},     {"Giulia", "Ferrante"},      {"Anne-Sophie", "Lefèvre"},
    {"Joost", "van der Meer"},  {"Hannelore", "Schäfer"},    {"Grace", "Abernathy"},
    {"Tāne", "Rangihuna"},
}};

constexpr std::array<std::string_view, 12> organisations = {
    "Aarhus University Library",   "City of Tampere IT Services",
    "Oslo Public Library",         "Region Skåne",
    "National Library of Iceland", "Bergen Municipality",
    "Trinity College Dublin",      "University of Nairobi Library",
    "Cape Town Open Archives",     "Delft University of Technology",
    "Ljubljana Central Library",   "Faroe Islands National Archives"};

constexpr std::array<std::string_view, 14> titles = {"Systems librarian",
                                                     "Service desk manager",
                                                     "Metadata librarian",
                                                     "Change manager",
                                                     "Head of digital collections",
                                                     "IT service manager",
                                                     "Research data steward",
                                                     "Branch librarian",
                                                     "Problem manager",
                                                     "Archivist",
                                                     "Open access coordinator",
                                                     "Application owner",
                                                     "Subject librarian",
                                                     "Knowledge manager"};

constexpr std::array<std::string_view, 20> abouts = {
    "I keep a catalogue alive that is older than I am.",
    "Eleven people, four thousand laptops, one very calm service desk.",
    "Metadata by day, choir by night.",
    "Moved two libraries to open source and lived to tell it.",
    "I run the Monday change board and try to keep it under half an hour.",
    "First time here; came for the hallway, not the slides.",
    "Research data, long-term storage, too many spreadsheets.",
    "I answer the phone that nobody else wants to answer.",
    "Public library, small town, big ideas.",
    "Twenty years of incident reviews without blame.",
    "I teach students to find things, and staff to stop mailing them.",
    "Accessibility first. Ask me why PDFs make me sad.",
    "Archivist of things that were never meant to be kept.",
    "I look after printers. Somebody has to.",
    "Trying to retire a system from 1998 before it retires me.",
    "Open access, negotiated one publisher at a time.",
    "I make knowledge bases that people actually read.",
    "Between the reading room and the server room.",
    "New manager, old nerd.",
    "I count things: loans, tickets, cups of coffee."};

constexpr std::array<std::string_view, 20> asks = {
    "Who has moved off their old catalogue without a big bang?",
    "How do you measure a service desk without chasing numbers?",
    "Anyone with good experience of self-checkout on open source?",
    "How do you get researchers to describe their data?",
    "What do you do about tickets that nobody owns?",
    "A linked data project that users noticed?",
    "How do you keep on-call fair in a team of five?",
    "Which reading list tool do your students like?",
    "How did you explain major incidents to your board?",
    "Digital preservation on a small budget?",
    "Anyone who merged two service desks?",
    "A way to retire old systems that works?",
    "How do you teach source criticism to fourteen-year-olds?",
    "Experience with shared catalogues across municipalities?",
    "Who writes their runbooks together with users?",
    "How do you say no to a change on a Friday?",
    "Good reading on knowledge-centred service?",
    "How do you welcome new colleagues who work from home?",
    "What replaced your intranet search?",
    "Anyone else indexing old newspapers?"};

constexpr std::array<std::string_view, 20> offers = {
    "A migration plan with all its mistakes marked in red.",
    "Templates for incident reviews that people fill in.",
    "Scripts for cleaning up MARC records.",
    "Two years of figures on self-service.",
    "A one-page change policy that fits on one page.",
    "Workshop material on research data, in three languages.",
    "A checklist for accessible documents.",
    "What we learned from closing a branch, and opening it again.",
    "How we halved our password tickets.",
    "Contacts at most Nordic university libraries.",
    "An onboarding week that new colleagues liked.",
    "A working set-up for scanning newspapers.",
    "Honest notes on three ticket systems.",
    "Our on-call agreement, signed by everybody.",
    "A quiz that teaches phishing without shaming.",
    "A shared vocabulary for service catalogues.",
    "Happy to proofread anything in English or Danish.",
    "A tour of our automated store, by video.",
    "Tips for writing to publishers.",
    "Patience, and a second pair of eyes."};

template <std::size_t Count>
std::string pick(const std::array<std::string_view, Count>& from, std::mt19937_64& chance) {
  return std::string(from[std::uniform_int_distribution<std::size_t>(0, Count - 1)(chance)]);
}

/// Deals a list out in random order, again and again, so that neighbours differ.
template <std::size_t Count>
class Dealer {
 public:
  Dealer(const std::array<std::string_view, Count>& from, std::mt19937_64& chance)
      : cards_(from), chance_(chance) {}
  std::string next() {
    if (at_ == 0) {
      std::shuffle(cards_.begin(), cards_.end(), chance_);
    }
    const std::string card(cards_[at_]);
    at_ = (at_ + 1) % Count;
    return card;
  }

 private:
  std::array<std::string_view, Count> cards_;
  std::mt19937_64& chance_;
  std::size_t at_ = 0;
};

std::string full_name(std::size_t index, std::mt19937_64& chance, std::set<std::string>& taken) {
  for (int attempt = 0;; ++attempt) {
    std::uniform_int_distribution<std::size_t> any(0, names.size() - 1);
    const std::size_t given = index < names.size() ? index : any(chance);
    const std::size_t family = index < names.size() ? index : any(chance);
    std::string name = std::string(names[given].given).append(" ").append(names[family].family);
    if (taken.insert(name).second || attempt > 200) {
      return name;
    }
  }
}

}  // namespace

std::vector<Profile> make_profiles(std::size_t count, std::uint64_t seed) {
  std::mt19937_64 chance(seed);
  Dealer about(abouts, chance);
  Dealer ask(asks, chance);
  Dealer offer(offers, chance);
  Dealer organisation(organisations, chance);
  std::vector<Profile> profiles;
  std::set<std::string> taken;
  for (std::size_t i = 0; i < count; ++i) {
    Profile profile;
    profile.name = full_name(i, chance, taken);
    // People fill in what they like: hardly anybody fills in everything. Where they come from,
    // everybody says.
    const auto likely = [&chance](double share) {
      return std::uniform_real_distribution<double>(0, 1)(chance) < share;
    };
    profile.about = likely(0.85) ? about.next() : "";
    profile.ask = likely(0.7) ? ask.next() : "";
    profile.offer = likely(0.6) ? offer.next() : "";
    profile.org = organisation.next();
    profile.title = likely(0.7) ? pick(titles, chance) : "";
    profiles.push_back(std::move(profile));
  }
  std::shuffle(profiles.begin(), profiles.end(), chance);
  return profiles;
}

std::string first_name(std::string_view name) {
  return std::string(name.substr(0, name.find(' ')));
}

const std::vector<std::vector<std::string_view>>& private_scripts() {
  static const std::vector<std::vector<std::string_view>> scripts = {
      {"Hi {}, I liked what you said just now. Do you have that written down somewhere?",
       "Thanks! Half of it. I can tidy it up and send it on Monday.", "Half is plenty. Please do.",
       "Deal. Remind me if I forget, {}."},
      {"{}, are you going to the talk after lunch, or staying at the tables?",
       "Staying. I have talked to more people here in an hour than at the last three conferences.",
       "Same. Save me a chair then?", "Will do."},
      {"You mentioned your old system, {}. Which year is it from?", "1998. Please do not laugh.",
       "I am not laughing. Ours is from 1996.", "Then we should talk about that over coffee."},
      {"Hello {}! We met in Bergen two years ago, I think?",
       "We did! You had the talk on service catalogues.",
       "And you asked the only question. It was a good one."},
      {"{}, could I borrow your checklist for our workshop next month?",
       "Of course. It is under a free licence, change what you like.",
       "Perfect, thank you. I will send you what the group adds."},
      {"Quick one, {}: do you still use paper forms for that?",
       "Only for the archive. Everything else went last spring.", "How did people take it?",
       "Two weeks of grumbling, then silence. Good silence."},
      {"Shall we find a table of our own for ten minutes, {}?",
       "Gladly, after this thread. I want to hear how it ends."},
  };
  return scripts;
}

const std::vector<std::string_view>& table_topics() {
  static const std::vector<std::string_view> topics = {
      "Leaving the old system behind", "Open source on the desktop",
      "Help desks that help",          "Things that broke, and why",
      "Small teams, many machines",    "Printers, of all things",
      "Teaching people to find it",    "Networks that work",
      "Backups we have restored",      "Migration stories",
      "Sound, video, codecs",          "What we would never do again"};
  return topics;
}

}  // namespace hallway::load
