// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/data/song_sums.h"

#include "core/audio/audio_reader.h"
#include "core/data/stem_names.h"
#include "core/data/stem_sums.h"
#include "core/support/error.h"
#include "core/support/lower_case.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <set>
#include <utility>

namespace headroom {
namespace {

std::vector<std::string> namesOf(const Song& song) {
    std::vector<std::string> names;
    std::ranges::transform(song.stems, std::back_inserter(names), &SongStem::stem);
    return names;
}

/// Inner products of the stems over three excerpts, or over the entire song if it is short.
InnerProducts productsOf(const Song& song, const AudioFormat& format) {
    const std::int64_t excerpt = std::int64_t{2} * format.sampleRate;
    const bool isShort = song.frames <= 3 * excerpt;
    InnerProducts products(song.stems.size());
    for (const int quarter : {1, 2, 3}) {
        const std::int64_t frames = isShort ? song.frames : excerpt;
        const std::int64_t first = isShort ? 0 : song.frames * quarter / 4 - excerpt / 2;
        std::vector<AudioBuffer> blocks;
        for (const SongStem& stem : song.stems)
            blocks.push_back(readStem(song, stem.stem, format, first, frames));
        products.add(blocks);
        if (isShort)
            break;
    }
    return products;
}

/// "mix.wav", "mix/mix.wav" or, if it is the sum of several tracks, "mix"
std::string nameOfStem(const SongStem& stem) {
    return stem.files.size() > 1 ? stem.stem : shownName(stem.files.front().path, stem.stem);
}

[[noreturn]] void refuse(const Song& song, const SongStem& stem, const std::string& what,
                         const std::string& remedy) {
    throw Error(ErrorKind::Input, fmt::format("{} {}", nameOfStem(stem), what), song.folder.string(), remedy);
}

/// Removes files that are the sum of all stems from the stems.
void moveCompleteSums(Song& song, const std::vector<StemSum>& sums) {
    std::set<std::size_t> removed;
    for (const StemSum& sum : sums) {
        SongStem whole = song.stems[sum.index];
        removed.insert(sum.index);
        std::ranges::transform(whole.files, std::back_inserter(song.sums), &SongFile::path);
        if (song.mixture)
            continue;
        whole.stem = mixtureName;
        song.mixture = std::move(whole);
    }
    std::size_t index = 0;
    std::erase_if(song.stems, [&](const SongStem&) { return removed.contains(index++); });
}

/// @param acceptWhole accept sums of all stems
void refuseSums(const Song& song, const std::vector<StemSum>& sums, bool acceptWhole) {
    std::vector<std::string> sumNames;
    for (const StemSum& sum : sums)
        sumNames.push_back(song.stems[sum.index].stem);
    for (const StemSum& sum : sums) {
        if (sum.isWhole && acceptWhole)
            continue;
        std::vector<std::string> parts;
        for (const std::size_t part : sum.parts)
            parts.push_back(song.stems[part].stem);
        refuse(song, song.stems[sum.index],
               fmt::format("is the sum of {}: as a stem, it would count them twice", fmt::join(parts, ", ")),
               sumRemedy(namesOf(song), sumNames));
    }
}

/// Refuses mixtures and accompaniments that only the file name reveals.
void refuseSuspiciousNames(const Song& song) {
    for (const SongStem& stem : song.stems) {
        const std::string problem = nameProblem(stem.stem, namesOf(song));
        if (problem.empty())
            continue;
        const bool canBeMixture = isMixtureName(stem.stem) && !song.mixture;
        refuse(song, stem, problem,
               canBeMixture
                   ? "If it is the mixture, rename it to mixture; if it is a stem, list all stems in "
                     "data.stems."
                   : sumRemedy(namesOf(song), {stem.stem}));
    }
}

} // namespace

void resolveSums(Song& song, const AudioFormat& format, bool stemsAreNamed) {
    constexpr std::size_t minFiles = 3; // the sum and two parts
    if (song.stems.size() >= minFiles) {
        const auto isCompressedStem = [](const SongStem& stem) {
            return std::ranges::any_of(stem.files,
                                       [](const SongFile& file) { return isLossy(file.info.encoding); });
        };
        const bool isCompressed = std::ranges::any_of(song.stems, isCompressedStem);
        const std::vector<StemSum> sums =
            findSums(productsOf(song, format), isCompressed ? sameCompressedDecibels : sameAudioDecibels);
        refuseSums(song, sums, !stemsAreNamed);
        moveCompleteSums(song, sums);
    }
    if (!stemsAreNamed)
        refuseSuspiciousNames(song);
}

std::string nameProblem(const std::string& name, const std::vector<std::string>& stems) {
    if (isMixtureName(name))
        return "is named like a mixture, but is not the sum of the other files";
    const bool hasInstruments = std::ranges::any_of(stems, [](const std::string& stem) {
        constexpr std::array<const char*, 6> instruments = {"drums",  "bass",  "other",
                                                            "guitar", "piano", "keys"};
        return std::ranges::count(instruments, lowerCase(stem)) > 0;
    });
    if (isAccompanimentName(name) && hasInstruments)
        return "is named like an accompaniment, and would count the other instruments twice";
    return {};
}

std::string sumRemedy(std::vector<std::string> stems, const std::vector<std::string>& sums) {
    std::erase_if(stems,
                  [&](const std::string& stem) { return std::ranges::find(sums, stem) != sums.end(); });
    return fmt::format("List the stems that add up to the mixture, as data.stems: [{}], or remove the file.",
                       fmt::join(stems, ", "));
}

} // namespace headroom
