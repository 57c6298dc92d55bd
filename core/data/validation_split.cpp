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

Names chosenByName(const SongLibrary& library, const std::vector<std::string>& wanted) {
    Names known = namesOf(library.train);
    known.merge(namesOf(library.validation));
    for (const std::string& name : wanted) {
        if (known.contains(name))
            continue;
        const bool isTest = namesOf(library.test).contains(name);
        throw Error(ErrorKind::Input,
                    fmt::format("'{}' is not among the training songs{}", name,
                                isTest ? ", but in the test split" : ""),
                    where,
                    isTest
                        ? "The test split is kept for the final judgement: name songs of the training split."
                        : "Give the names of song folders of the training split.");
    }
    return {wanted.begin(), wanted.end()};
}

Names chosenByMusdb(const SongLibrary& library, std::vector<std::string>& notices) {
    Names chosen;
    for (const std::string& name : namesOf(library.train)) {
        if (std::ranges::count(musdb18Validation, name) > 0)
            chosen.insert(name);
    }
    if (chosen.empty()) {
        throw Error(ErrorKind::Input, "none of the 14 validation songs of MUSDB18 is here", where,
                    "For other data give a share such as 0.1, or a list of song names.");
    }
    if (chosen.size() < musdb18Validation.size()) {
        notices.push_back(fmt::format("Only {} of the {} validation songs of MUSDB18 are here", chosen.size(),
                                      musdb18Validation.size()));
    }
    return chosen;
}

Names chosenByShare(const SongLibrary& library, double share, std::uint64_t seed) {
    if (!(share > 0 && share < 1))
        throw Error(ErrorKind::Input, fmt::format("{} is no share", share), where, "Give one in (0, 1).");
    const Names training = namesOf(library.train);
    std::vector<std::string> names(training.begin(), training.end());
    const auto count =
        static_cast<std::size_t>(std::max(1.0, std::round(share * static_cast<double>(names.size()))));
    constexpr std::uint64_t purpose = 0x76616C69; // apart from the streams of the examples
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
    const auto& word = std::get<std::string>(validation);
    if (word != musdb18) {
        throw Error(ErrorKind::Input, fmt::format("unknown value '{}'", word), where,
                    "Give musdb18, a share in (0, 1), or a list of song names.");
    }
    return library.validation.empty() ? chosenByMusdb(library, notices) : namesOf(library.validation);
}

/// What comes of the songs in valid/.
void noteValidationFolder(const SongLibrary& library, bool isShare, DividedSongs& divided) {
    if (library.validation.empty())
        return;
    const std::string folder = library.validation.front().folder.parent_path().filename().string();
    const auto used = std::ranges::count(divided.validation, Split::Validation, &Song::split);
    const auto unused = std::ssize(library.validation) - used;
    const auto twice =
        std::ssize(library.train) + used - std::ssize(divided.training) - std::ssize(divided.validation);
    auto& notices = divided.notices;
    if (used > 0)
        notices.push_back(fmt::format("{} validation song{} from {}/", used, used == 1 ? "" : "s", folder));
    if (twice > 0)
        notices.push_back(
            fmt::format("songs of train/ that are in {}/ too and left out here: {}", folder, twice));
    if (unused > 0)
        notices.push_back(
            fmt::format("songs of {}/ that are not used: {}; data.validation {}, and would take all "
                        "of them as musdb18",
                        folder, unused, isShare ? "is a share of train/" : "names others"));
}

} // namespace

DividedSongs divideSongs(const SongLibrary& library, const ValidationSplit& validation, std::uint64_t seed) {
    if (library.train.empty()) {
        throw Error(ErrorKind::Input, "there are no training songs", "data.root",
                    "Training needs songs in train/; those in test/ are kept for the final judgement.");
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
                    fmt::format("all {} training songs are taken for validation", library.train.size()),
                    where, "Training needs at least one other song: choose fewer, or add songs.");
    }
    return divided;
}

} // namespace headroom
