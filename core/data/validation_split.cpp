// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/data/validation_split.h"

#include "core/data/random_stream.h"
#include "core/support/error.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <set>

namespace headroom {

const std::array<std::string_view, 14> musdb18Validation = {
    "ANiMAL - Rockshow",
    "Actions - One Minute Smile",
    "Alexander Ross - Goodbye Bolero",
    "Clara Berry And Wooldog - Waltz For My Victims",
    "Fergessen - Nos Palpitants",
    "James May - On The Line",
    "Johnny Lokke - Promises & Lies",
    "Leaf - Summerghost",
    "Meaxic - Take A Step",
    "Patrick Talbot - A Reason To Leave",
    "Skelpolu - Human Mistakes",
    "Traffic Experiment - Sirens",
    "Triviul - Angelsaint",
    "Young Griffo - Pennies",
};

namespace {

constexpr const char* where = "data.validation";
constexpr const char* musdb18 = "musdb18";

using Names = std::set<std::string, std::less<>>;

Names namesOf(const std::vector<Song>& songs) {
    Names names;
    for (const Song& song : songs)
        names.insert(song.name);
    return names;
}

/// Songs of train/ that have a mixture.
Names completeNamesOf(const std::vector<Song>& songs) {
    Names names;
    for (const Song& song : songs) {
        if (song.isComplete)
            names.insert(song.name);
    }
    if (names.empty())
        throw Error(ErrorKind::Input,
                    "no training song has all of data.stems, so that none can be validated on", where,
                    "Put complete songs into valid/, or use [] for a run without validation.");
    return names;
}

Names chosenByName(const SongLibrary& library, const std::vector<std::string>& requested) {
    Names known = namesOf(library.train);
    known.merge(namesOf(library.validation));
    const auto isIncomplete = [](const std::string& name) {
        return [&](const Song& song) { return song.name == name && !song.isComplete; };
    };
    for (const std::string& name : requested) {
        if (std::ranges::any_of(library.train, isIncomplete(name)))
            throw Error(
                ErrorKind::Input,
                fmt::format("'{}' lacks stems of data.stems, so that it cannot be validated on", name), where,
                "List songs that have all of them.");
        if (known.contains(name))
            continue;
        const bool isTest = namesOf(library.test).contains(name);
        throw Error(ErrorKind::Input,
                    fmt::format("'{}' is not a training song{}", name,
                                isTest ? ", but a song of the test split" : ""),
                    where,
                    isTest
                        ? "The test split is reserved for the final evaluation: list songs of the training "
                          "split."
                        : "List the names of song folders of the training split.");
    }
    return {requested.begin(), requested.end()};
}

Names chosenByMusdb(const SongLibrary& library, std::vector<std::string>& notices) {
    Names chosen;
    for (const std::string& name : completeNamesOf(library.train)) {
        if (std::ranges::count(musdb18Validation, name) > 0)
            chosen.insert(name);
    }
    if (chosen.empty()) {
        throw Error(
            ErrorKind::Input, "none of the 14 validation songs of MUSDB18 was found", where,
            "For other data sets, use a fraction (--set data.validation=0.1), or a list of song names.");
    }
    if (chosen.size() < musdb18Validation.size()) {
        notices.push_back(fmt::format("Only {} of the {} validation songs of MUSDB18 were found",
                                      chosen.size(), musdb18Validation.size()));
    }
    return chosen;
}

Names chosenByShare(const SongLibrary& library, double share, std::uint64_t seed) {
    if (!(share > 0 && share < 1))
        throw Error(ErrorKind::Input, fmt::format("{} is not a fraction in (0, 1)", share), where,
                    "Use a value such as 0.1.");
    const Names training = completeNamesOf(library.train);
    std::vector<std::string> names(training.begin(), training.end());
    const auto count =
        static_cast<std::size_t>(std::max(1.0, std::round(share * static_cast<double>(names.size()))));
    constexpr std::uint64_t purpose = 0x76616C69; // differs from the streams of the examples
    RandomStream random(seed, purpose, ~std::uint64_t{0});
    for (std::size_t i = 0; i < std::min(count, names.size()); ++i)
        std::swap(names[i], names[i + random.below(static_cast<std::int64_t>(names.size() - i))]);
    return {names.begin(), names.begin() + static_cast<std::ptrdiff_t>(std::min(count, names.size()))};
}

Names chosen(const SongLibrary& library, const ValidationSplit& validation, std::uint64_t seed,
             std::vector<std::string>& notices) {
    if (const auto* names = std::get_if<std::vector<std::string>>(&validation))
        return chosenByName(library, *names);
    if (const auto* share = std::get_if<double>(&validation))
        return chosenByShare(library, *share, seed);
    const auto& value = std::get<std::string>(validation);
    if (value != musdb18) {
        throw Error(ErrorKind::Input, fmt::format("unknown value '{}'", value), where,
                    "Use musdb18, a fraction in (0, 1), or a list of song names.");
    }
    return library.validation.empty() ? chosenByMusdb(library, notices) : namesOf(library.validation);
}

/// Reports how the songs of valid/ are used.
void noteValidationFolder(const SongLibrary& library, bool isShare, DividedSongs& divided) {
    if (library.validation.empty())
        return;
    constexpr const char* folder = "valid";
    const auto used = std::ranges::count(divided.validation, Split::Validation, &Song::split);
    const auto unused = std::ssize(library.validation) - used;
    const auto duplicates =
        std::ssize(library.train) + used - std::ssize(divided.training) - std::ssize(divided.validation);
    auto& notices = divided.notices;
    if (used > 0)
        notices.push_back(fmt::format("{} validation song{} from {}/", used, used == 1 ? "" : "s", folder));
    if (duplicates > 0)
        notices.push_back(
            fmt::format("skipped songs of train/ that are also in {}/: {}", folder, duplicates));
    if (unused > 0)
        notices.push_back(
            fmt::format("unused songs of {}/: {}, because data.validation {}; set it to musdb18 to "
                        "use all of them",
                        folder, unused, isShare ? "is a fraction of train/" : "lists other songs"));
}

} // namespace

DividedSongs divideSongs(const SongLibrary& library, const ValidationSplit& validation, std::uint64_t seed) {
    if (library.train.empty()) {
        throw Error(ErrorKind::Input, "there are no training songs", "data.root",
                    "Training needs songs in train/; songs in test/ are reserved for the final evaluation.");
    }
    DividedSongs divided;
    const Names names = chosen(library, validation, seed, divided.notices);
    const bool isShare = std::holds_alternative<double>(validation);
    const Names inFolder = isShare ? Names() : namesOf(library.validation);
    for (const Song& song : library.train) {
        if (!names.contains(song.name))
            divided.training.push_back(song);
        else if (!inFolder.contains(song.name))
            divided.validation.push_back(song);
    }
    std::ranges::copy_if(library.validation, std::back_inserter(divided.validation), [&](const Song& song) {
        return inFolder.contains(song.name) && names.contains(song.name);
    });
    noteValidationFolder(library, isShare, divided);
    if (divided.training.empty()) {
        throw Error(ErrorKind::Input,
                    fmt::format("all {} training songs are used for validation", library.train.size()), where,
                    "Training needs at least one song: use fewer for validation, or add songs.");
    }
    return divided;
}

} // namespace headroom
