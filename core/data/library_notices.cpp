// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/data/library_notices.h"

#include "core/audio/resampler.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <functional>
#include <utility>

namespace headroom {
namespace {

/// Adds a notice with the number of songs for which `isAdjusted` is true.
void addNotice(const std::vector<Song>& songs, const std::function<bool(const Song&)>& isAdjusted,
               const std::string& what, std::vector<std::string>& notices) {
    const auto count = std::ranges::count_if(songs, isAdjusted);
    if (count == 0)
        return;
    const auto first = std::ranges::find_if(songs, isAdjusted);
    notices.push_back(fmt::format("{} of {} {} songs {} (first: '{}')", count, songs.size(),
                                  splitName(first->split), what, first->name));
}

/// Adds a notice about the first file whose header has no length or a wrong one, with the number of others.
void addLengthNotice(const std::vector<Song>& songs, std::vector<std::string>& notices) {
    std::string first;
    int count = 0;
    const auto take = [&](const SongFile& file) {
        if (file.info.notice.empty())
            return;
        if (count++ == 0)
            first = fmt::format("{}: {}", file.path.string(), file.info.notice);
    };
    for (const Song& song : songs)
        std::ranges::for_each(song.files(), take);
    if (count > 1)
        first += fmt::format("; the same applies to {} more {} of the {} songs", count - 1,
                             count == 2 ? "file" : "files", splitName(songs.front().split));
    if (count > 0)
        notices.push_back(std::move(first));
}

bool lengthsDiffer(const Song& song) {
    const auto [shortest, longest] = song.lengths();
    return longest - shortest > lengthTolerance;
}

/// Adds a notice with the lengths of the first songs whose lengths differ by more than lengthTolerance.
void addMismatchNotice(const std::vector<Song>& songs, LengthMismatch policy,
                       std::vector<std::string>& notices) {
    constexpr std::size_t most = 10;
    std::vector<std::string> found;
    for (const Song& song : songs) {
        const auto [shortest, longest] = song.lengths();
        if (lengthsDiffer(song))
            found.push_back(fmt::format("'{}' {:.3f} to {:.3f} s", song.name, shortest, longest));
    }
    if (found.empty())
        return;
    const std::size_t count = found.size();
    found.resize(std::min(count, most));
    notices.push_back(fmt::format(
        "{} of {} {} songs have files of unequal lengths and are {}: {}{}", count, songs.size(),
        splitName(songs.front().split),
        policy == LengthMismatch::Pad ? "padded with silence to the longest" : "trimmed to the shortest",
        fmt::join(found, ", "), count > most ? fmt::format(", and {} more", count - most) : ""));
}

/// Adds a notice about audio files that are not used, with the reason of the first.
void addUnreadNotice(const std::vector<Song>& songs, std::vector<std::string>& notices) {
    const auto hasUnread = [](const Song& song) { return !song.unread.empty(); };
    const auto first = std::ranges::find_if(songs, hasUnread);
    if (first == songs.end())
        return;
    const UnreadPath& file = first->unread.front();
    addNotice(songs, hasUnread,
              fmt::format("have audio files that are not used, such as {}, which {}",
                          file.path.filename().string(), file.reason),
              notices);
}

bool anyFile(const Song& song, const std::function<bool(const SongFile&)>& predicate) {
    return std::ranges::any_of(song.files(), predicate);
}

} // namespace

void addAdjustmentNotices(const std::vector<Song>& songs, const AudioFormat& format, LengthMismatch policy,
                          std::vector<std::string>& notices) {
    const auto isResampled = [&](const Song& song) {
        return anyFile(song, [&](const SongFile& file) { return file.info.sampleRate != format.sampleRate; });
    };
    const auto isTrimmed = [&](const Song& song) {
        return !lengthsDiffer(song) && anyFile(song, [&](const SongFile& file) {
            return Resampler::outputFrames(file.info.frames, file.info.sampleRate, format.sampleRate) !=
                   song.frames;
        });
    };
    addNotice(songs, isResampled,
              fmt::format("are resampled to {} Hz each time they are read", format.sampleRate), notices);
    addNotice(songs, isTrimmed,
              fmt::format("have files whose lengths differ by up to {} s and are trimmed to the shortest",
                          lengthTolerance),
              notices);
    addMismatchNotice(songs, policy, notices);
    addNotice(
        songs, [](const Song& song) { return !song.isComplete; },
        "lack stems and are used only in segments whose stems come from different songs", notices);
    addLengthNotice(songs, notices);
    addNotice(
        songs, [](const Song& song) { return !song.sums.empty(); },
        "have a file that is the sum of all stems and is used as the mixture, not as a stem", notices);
    addUnreadNotice(songs, notices);
}

std::vector<std::string> unusedTexts(const SongFolders& folders, const std::filesystem::path& root) {
    std::vector<std::pair<std::string, std::vector<std::string>>> byReason;
    for (const UnusedFolder& unused : folders.unused) {
        auto reason = std::ranges::find(byReason, unused.reason, &decltype(byReason)::value_type::first);
        if (reason == byReason.end())
            reason = byReason.insert(byReason.end(), {unused.reason, {}});
        reason->second.push_back(unused.path.lexically_relative(root).string());
    }
    std::vector<std::string> texts;
    for (const auto& [reason, paths] : byReason) {
        texts.push_back(paths.size() == 1 ? fmt::format("'{}' is not used: it {}", paths.front(), reason)
                                          : fmt::format("{} folders are not used (first: '{}'): it {}",
                                                        paths.size(), paths.front(), reason));
    }
    return texts;
}

} // namespace headroom
