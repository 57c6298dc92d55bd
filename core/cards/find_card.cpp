// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Finds cards by name.
#include "core/cards/cards.h"
#include "core/support/mib.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>
#include <cstdlib>
#include <span>
#include <string>
#include <utility>

namespace headroom {
namespace {

/// Words of letters only or digits only, in lower case: "rtx", "4060", "ti".
using Words = std::vector<std::string>;

enum class Kind { Other, Letter, Digit };

Kind kindOf(char c) {
    if (c >= '0' && c <= '9')
        return Kind::Digit;
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ? Kind::Letter : Kind::Other;
}

Words wordsOf(std::string_view name) {
    Words words;
    Kind before = Kind::Other;
    for (const char c : name) {
        const Kind kind = kindOf(c);
        if (kind != Kind::Other) {
            if (kind != before)
                words.emplace_back();
            words.back() += kind == Kind::Letter && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
        }
        before = kind;
    }
    return words;
}

bool isNumber(const std::string& word) {
    return kindOf(word.front()) == Kind::Digit;
}

/// Removes an amount of memory such as "16 GB" from the words. Returns the gigabytes; 0 if there are none.
int takeMemory(Words& words, std::span<const std::string_view> units) {
    for (auto word = words.begin(); word != words.end(); ++word) {
        const auto unit = std::next(word);
        if (!isNumber(*word) || unit == words.end() || std::ranges::find(units, *unit) == units.end())
            continue;
        int gigabytes = 0;
        std::from_chars(word->data(), word->data() + word->size(), gigabytes);
        words.erase(word, std::next(unit));
        return gigabytes;
    }
    return 0;
}

/// Removes the words for a mobile card. Returns whether there were any.
bool takeLaptop(Words& words) {
    constexpr std::array<std::string_view, 3> laptop = {"laptop", "mobile", "notebook"};
    bool found = std::erase_if(words, [&](const std::string& word) {
                     return std::ranges::find(laptop, word) != laptop.end();
                 }) > 0;
    constexpr std::array<std::string_view, 2> maxQ = {"max", "q"};
    if (const auto at = std::search(words.begin(), words.end(), maxQ.begin(), maxQ.end());
        at != words.end()) {
        words.erase(at, at + static_cast<std::ptrdiff_t>(maxQ.size()));
        found = true;
    }
    return found;
}

bool isAbout(std::int64_t capacity, int gigabytes) {
    constexpr double tolerance = 0.08; // the driver and error correction keep some
    const double stated = 1024.0 * static_cast<double>(gigabytes) * static_cast<double>(mib);
    return std::abs(static_cast<double>(capacity) - stated) <= tolerance * stated;
}

/// The parts of a name. A model is what is left: "rtx", "4060", "ti".
struct Name {
    Words model;
    int gigabytes = 0;
    bool laptop = false;
};

/// The name of a card in the table.
Name tableName(const Card& card) {
    Name name{.model = wordsOf(card.name)};
    constexpr std::array<std::string_view, 1> units = {"gb"}; // the A10G has no 10 GB
    name.gigabytes = takeMemory(name.model, units);
    name.laptop = takeLaptop(name.model);
    return name;
}

/// Words that directly follow a model's number and name another model.
bool namesAnotherModel(const std::string& word) {
    constexpr std::array<std::string_view, 5> suffixes = {"ti", "super", "s", "d", "ada"};
    return std::ranges::find(suffixes, word) != suffixes.end();
}

/// Where the words contain `part` as a whole model; otherwise, their end. (Not std::ranges::search: Clang 14
/// cannot compile the subranges of GCC 12's library.)
Words::const_iterator findModel(const Words& words, const Words& part) {
    const auto found = std::search(words.begin(), words.end(), part.begin(), part.end());
    if (found == words.end())
        return found;
    const auto next = found + static_cast<std::ptrdiff_t>(part.size());
    return next == words.end() || !namesAnotherModel(*next) ? found : words.end();
}

/// Whether the words contain the model and do not name another one. Removes it.
bool takeModel(Words& words, Words model) {
    if (model.size() > 1 && (model.front() == "rtx" || model.front() == "gtx") &&
        std::ranges::find(words, model.front()) == words.end())
        model.erase(model.begin()); // people leave it out
    const auto found = findModel(words, model);
    if (found == words.end())
        return false;
    words.erase(found, found + static_cast<std::ptrdiff_t>(model.size()));
    return true;
}

} // namespace

std::optional<Card> findCard(std::string_view name) {
    const Words wanted = wordsOf(name);
    std::vector<const Card*> best;
    // First, the longest model that the name contains. Without an amount of memory, it means the variant
    // whose name has none.
    std::pair<std::size_t, bool> rank;
    for (const Card& card : cardTable()) {
        const Name known = tableName(card);
        Words rest = wanted;
        if (!takeModel(rest, known.model) || takeLaptop(rest) != known.laptop)
            continue;
        constexpr std::array<std::string_view, 4> units = {"gb", "g", "gib", "gd"};
        const int gigabytes = takeMemory(rest, units);
        if (gigabytes > 0 && !isAbout(card.capacity, gigabytes))
            continue;
        const std::pair own(known.model.size(), gigabytes > 0 || known.gigabytes == 0);
        if (own > rank) {
            best.clear();
            rank = own;
        }
        if (own == rank)
            best.push_back(&card);
    }
    // Then, a part of a model's name.
    for (const Card& card : cardTable()) {
        const Words model = tableName(card).model;
        if (rank.first == 0 && wanted.size() > 1 && findModel(model, wanted) != model.end())
            best.push_back(&card);
    }
    return best.size() == 1 ? std::optional(*best.front()) : std::nullopt;
}

} // namespace headroom
