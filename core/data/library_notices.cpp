#include "core/data/library_notices.h"

#include "core/audio/resampler.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <utility>

namespace headroom {
namespace {

/// Says how many songs needed some adjustment.
void noteAdjusted(const std::vector<Song>& songs, const std::function<bool(const Song&)>& isAdjusted,
                  const std::string& what, std::vector<std::string>& notices) {
    const auto count = std::ranges::count_if(songs, isAdjusted);
    if (count == 0)
        return;
    const auto first = std::ranges::find_if(songs, isAdjusted);
    notices.push_back(fmt::format("{} of {} {} songs {} ('{}' is the first)", count, songs.size(),
                                  splitName(first->split), what, first->name));
}

bool anyFile(const Song& song, const std::function<bool(const StemFile&)>& isSo) {
    return std::ranges::any_of(song.stems, isSo) || (song.mixture && isSo(*song.mixture));
}

} // namespace

void noteAdjustments(const std::vector<Song>& songs, const AudioFormat& form,
                     std::vector<std::string>& notices) {
    const auto isResampled = [&](const Song& song) {
        return anyFile(song, [&](const StemFile& file) { return file.info.sampleRate != form.sampleRate; });
    };
    const auto isCut = [&](const Song& song) {
        return anyFile(song, [&](const StemFile& file) {
            return Resampler::outputFrames(file.info.frames, file.info.sampleRate, form.sampleRate) !=
                   song.frames;
        });
    };
    noteAdjusted(songs, isResampled,
                 fmt::format("are resampled to {} Hz each time they are read", form.sampleRate), notices);
    noteAdjusted(
        songs, isCut,
        fmt::format("have files whose lengths differ by up to {} s; the shortest counts", lengthTolerance),
        notices);
    noteAdjusted(
        songs, [](const Song& song) { return !song.sums.empty(); },
        "have a file that is the sum of all stems by its samples: it is the mixture, not a stem", notices);
    noteAdjusted(
        songs, [](const Song& song) { return !song.unread.empty(); },
        "have sound files that are not read: stems must be WAV, FLAC or AIFF", notices);
}

std::vector<std::string> unusedTexts(const SongFolders& folders, const std::filesystem::path& root) {
    std::vector<std::pair<std::string, std::vector<std::string>>> byReason;
    for (const UnusedFolder& unused : folders.unused) {
        auto reason = std::ranges::find(byReason, unused.why, &decltype(byReason)::value_type::first);
        if (reason == byReason.end())
            reason = byReason.insert(byReason.end(), {unused.why, {}});
        reason->second.push_back(unused.path.lexically_relative(root).string());
    }
    std::vector<std::string> texts;
    for (const auto& [why, paths] : byReason) {
        texts.push_back(paths.size() == 1 ? fmt::format("'{}' is not used: it {}", paths.front(), why)
                                          : fmt::format("{} folders are not used, '{}' the first: it {}",
                                                        paths.size(), paths.front(), why));
    }
    return texts;
}

} // namespace headroom
