#include "core/data/song_sums.h"

#include "core/audio/audio_file.h"
#include "core/data/stem_names.h"
#include "core/data/stem_sums.h"
#include "core/support/error.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <set>
#include <utility>

namespace headroom {
namespace {

std::vector<std::string> namesOf(const Song& song) {
    std::vector<std::string> names;
    std::ranges::transform(song.stems, std::back_inserter(names), &StemFile::stem);
    return names;
}

/// Of three places in the song, or of all of it where it is short.
InnerProducts productsOf(const Song& song, const AudioFormat& form) {
    const std::int64_t excerpt = std::int64_t{2} * form.sampleRate;
    const bool isShort = song.frames <= 3 * excerpt;
    InnerProducts products(song.stems.size());
    for (const int quarter : {1, 2, 3}) {
        const std::int64_t frames = isShort ? song.frames : excerpt;
        const std::int64_t first = isShort ? 0 : song.frames * quarter / 4 - excerpt / 2;
        std::vector<AudioBuffer> blocks;
        for (const StemFile& stem : song.stems)
            blocks.push_back(readAudioRange(stem.path, form.sampleRate, form.channels, first, frames));
        products.add(blocks);
        if (isShort)
            break;
    }
    return products;
}

[[noreturn]] void refuse(const Song& song, const StemFile& file, const std::string& what,
                         const std::string& remedy) {
    throw Error(ErrorKind::Input, fmt::format("{} {}", file.path.filename().string(), what),
                song.folder.string(), remedy);
}

/// Takes files that are the whole song out of the stems.
void takeWholeSums(Song& song, const std::vector<AudioSum>& sums) {
    std::set<std::size_t> taken;
    for (const AudioSum& sum : sums) {
        StemFile file = song.stems[sum.sound];
        taken.insert(sum.sound);
        song.sums.push_back(file.path);
        if (song.mixture)
            continue;
        file.stem = mixtureName;
        song.mixture = std::move(file);
    }
    std::size_t place = 0;
    std::erase_if(song.stems, [&](const StemFile&) { return taken.contains(place++); });
}

/// @param mayBeWhole whether sums of all stems pass
void refuseSums(const Song& song, const std::vector<AudioSum>& sums, bool mayBeWhole) {
    std::vector<std::string> sumNames;
    for (const AudioSum& sum : sums)
        sumNames.push_back(song.stems[sum.sound].stem);
    for (const AudioSum& sum : sums) {
        if (sum.isWhole && mayBeWhole)
            continue;
        std::vector<std::string> parts;
        for (const std::size_t part : sum.parts)
            parts.push_back(song.stems[part].stem);
        refuse(song, song.stems[sum.sound],
               fmt::format("is the sum of {}: as a stem, it would count them twice", fmt::join(parts, ", ")),
               sumRemedy(namesOf(song), sumNames));
    }
}

/// What the names of files say where the samples do not.
void refuseDoubtfulNames(const Song& song) {
    for (const StemFile& file : song.stems) {
        const std::string doubt = doubtAbout(file.stem, namesOf(song));
        if (doubt.empty())
            continue;
        const bool canBeMixture = meansMixture(file.stem) && !song.mixture;
        refuse(song, file, doubt,
               canBeMixture
                   ? "If it is the mixture, call it mixture; if it is a stem, name the stems in data.stems."
                   : sumRemedy(namesOf(song), {file.stem}));
    }
}

} // namespace

void settleSums(Song& song, const AudioFormat& form, bool stemsAreNamed) {
    constexpr std::size_t fewestForASum = 3; // the sum and two parts
    if (song.stems.size() >= fewestForASum) {
        const std::vector<AudioSum> sums = findSums(productsOf(song, form));
        refuseSums(song, sums, !stemsAreNamed);
        takeWholeSums(song, sums);
    }
    if (!stemsAreNamed)
        refuseDoubtfulNames(song);
}

std::string doubtAbout(const std::string& name, const std::vector<std::string>& stems) {
    if (meansMixture(name))
        return "is the mixture by its name, but not the sum of the other files";
    const bool hasInstruments = std::ranges::any_of(stems, [](const std::string& stem) {
        constexpr std::array<const char*, 6> instruments = {"drums",  "bass",  "other",
                                                            "guitar", "piano", "keys"};
        return std::ranges::count(instruments, lowerCase(stem)) > 0;
    });
    if (meansAccompaniment(name) && hasInstruments)
        return "is an accompaniment by its name and would count the instruments beside it twice";
    return {};
}

std::string sumRemedy(std::vector<std::string> stems, const std::vector<std::string>& sums) {
    std::erase_if(stems,
                  [&](const std::string& stem) { return std::ranges::find(sums, stem) != sums.end(); });
    return fmt::format("Name the stems that add up to the mixture, as data.stems: [{}], or remove the file.",
                       fmt::join(stems, ", "));
}

} // namespace headroom
