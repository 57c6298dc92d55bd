// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/data/inspect_findings.h"

#include "core/data/song_library.h"
#include "core/data/song_sums.h"
#include "core/data/stem_names.h"
#include "core/data/stem_sums.h"
#include "core/support/lower_case.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <utility>

namespace headroom {
namespace {

constexpr double notableDc = 0.003;    // -50 dBFS
constexpr double strongDc = 0.02;      // -34 dBFS
constexpr double heavyClipping = 1e-4; // share of the samples

bool isReadable(const FileReport& file) {
    return file.unreadable.empty();
}

class ProblemFinder {
public:
    ProblemFinder(const std::vector<SongReport>& songs, const std::vector<std::string>& stems)
        : songs_(songs), required_(stems) {}

    std::vector<DatasetProblem> find(const std::vector<std::string>& unused,
                                     const std::vector<std::string>& unaligned) {
        for (const SongReport& song : songs_) {
            song_ = &song;
            checkSong();
            checkFiles();
            checkStems();
            checkSums();
            checkUnread();
            checkFormats();
            checkResidual();
        }
        checkDuplicates();
        if (std::ranges::none_of(songs_, [](const SongReport& song) { return song.split == "train"; }))
            problems_.push_back({Severity::Error, "nothing to train on", {}, "no songs in train"});
        if (!unaligned.empty())
            problems_.push_back({Severity::Error,
                                 "not aligned",
                                 {},
                                 fmt::format("{} of {} songs have no file of the same name for every stem "
                                             "(first: '{}'): they can only be trained on with "
                                             "data.incomplete_songs: mix",
                                             unaligned.size(), songs_.size(), unaligned.front())});
        for (const std::string& text : unused)
            problems_.push_back({Severity::Warning, "unused", {}, text});
        std::ranges::stable_sort(problems_, std::greater(), &DatasetProblem::severity);
        return std::move(problems_);
    }

private:
    void add(Severity severity, std::string kind, std::string text) {
        problems_.push_back({severity, std::move(kind), {song_->title()}, std::move(text)});
    }

    void checkSong() {
        if (!song_->unusable.empty())
            add(Severity::Error, "unreadable", song_->unusable);
    }

    void checkFiles() {
        for (const FileReport& file : song_->files) {
            if (isReadable(file))
                checkSamples(file);
            else
                add(Severity::Error, "unreadable", fmt::format("{}: {}", file.title(), file.unreadable));
        }
    }

    void checkSamples(const FileReport& file) {
        const auto samples = static_cast<double>(file.frames * file.channels);
        if (file.channels > 2)
            add(Severity::Error, "channels", fmt::format("{}: {} channels", file.title(), file.channels));
        if (file.badSamples > 0) {
            add(Severity::Error, "not finite",
                fmt::format("{}: {} samples are NaN or infinite", file.title(), file.badSamples));
        }
        if (!file.notice.empty())
            add(Severity::Note, "header", fmt::format("{}: {}", file.title(), file.notice));
        if (file.clippedSamples > 0) {
            const double share = static_cast<double>(file.clippedSamples) / samples;
            add(share > heavyClipping ? Severity::Warning : Severity::Note, "clipped",
                fmt::format("{}: {} samples clipped", file.title(), file.clippedSamples));
        }
        if (std::abs(file.dcOffset) > notableDc) {
            add(std::abs(file.dcOffset) > strongDc ? Severity::Warning : Severity::Note, "dc",
                fmt::format("{}: DC offset {:.4f}", file.title(), file.dcOffset));
        }
        if (file.monoAsStereo)
            add(Severity::Note, "mono as stereo", fmt::format("{}: mono as stereo", file.title()));
        if (file.peak == 0 && file.badSamples == 0)
            add(Severity::Note, "silent", fmt::format("{}: silent throughout", file.title()));
    }

    /// The folder of a track; empty for a file that is a stem.
    static std::string folderOf(const FileReport& file) {
        return file.track.empty() ? std::string() : file.path.substr(0, file.path.rfind('/'));
    }

    /// Reports two files or folders for one stem, songs without stems, and missing stems.
    void checkStems() {
        std::set<std::string> own;
        std::map<std::string, std::string> folders;
        for (const FileReport& file : song_->files) {
            own.insert(file.stem);
            const auto [folder, isNew] = folders.try_emplace(file.stem, folderOf(file));
            const bool isSum = !file.track.empty() && folder->second == folderOf(file);
            if (!isNew && (!isSum || file.stem == mixtureName))
                add(Severity::Error, "two files", fmt::format("{}: two files for one stem", file.title()));
        }
        if (own == std::set<std::string>{mixtureName}) {
            add(Severity::Error, "no stems", "a mixture without stems");
            return;
        }
        for (const std::string& stem : required_) {
            if (!own.contains(stem))
                add(Severity::Error, "missing", stem + ": missing");
        }
        for (const auto& [stem, songs] : songsByStem()) {
            if (!own.contains(stem) && !isRequired(stem) && 2 * songs >= songs_.size())
                add(stem == mixtureName ? Severity::Note : Severity::Warning, "missing", stem + ": missing");
        }
    }

    bool isRequired(const std::string& stem) const {
        return std::ranges::find(required_, stem) != required_.end();
    }

    /// Reports files that would count stems twice.
    void checkSums() {
        std::vector<std::string> stems, sums;
        for (const SumReport& sum : song_->sums)
            sums.push_back(sum.stem);
        for (const FileReport& file : song_->files) {
            const bool isTrackOfLast = !stems.empty() && stems.back() == file.stem && !file.track.empty();
            if (file.stem != mixtureName && std::ranges::find(sums, file.stem) == sums.end() &&
                !isTrackOfLast)
                stems.push_back(file.stem);
        }
        for (const SumReport& sum : song_->sums)
            addSum(sum, stems);
        for (const std::string& stem : stems) {
            if (const std::string problem = nameProblem(stem, stems); !problem.empty() && required_.empty())
                add(Severity::Error, "sum", fmt::format("{} {}", stem, problem));
        }
    }

    void addSum(const SumReport& sum, const std::vector<std::string>& stems) {
        const std::string what = fmt::format("{} is the sum of {} (residual {:.0f} dB)", sum.stem,
                                             fmt::join(sum.parts, ", "), sum.residual);
        if (sum.isWhole && required_.empty())
            add(Severity::Note, "mixture", what + " and is used as the mixture");
        else
            add(Severity::Error, "sum",
                fmt::format("{} and would count them twice. {}", what, sumRemedy(stems, {})));
    }

    /// Reports audio files that are not used: an error if the stem has no other file, or is incomplete.
    void checkUnread() {
        for (const UnreadFile& file : song_->unread) {
            const auto isNamed = [&](const std::string& stem) { return lowerCase(stem) == file.stem; };
            const bool isThere = std::ranges::any_of(song_->files, isNamed, &FileReport::stem);
            const bool isWanted = required_.empty() ? file.isTrack || isCommonStem(file.stem)
                                                    : std::ranges::any_of(required_, isNamed);
            add(isWanted && (file.isTrack || !isThere) ? Severity::Error : Severity::Note, "not read",
                fmt::format("{} {}", file.name, file.reason));
        }
    }

    /// The number of songs that have each stem.
    const std::map<std::string, std::size_t>& songsByStem() {
        if (songsByStem_.empty()) {
            for (const SongReport& song : songs_) {
                std::set<std::string> stems;
                for (const FileReport& file : song.files)
                    stems.insert(file.stem);
                for (const SumReport& sum : song.sums)
                    stems.erase(sum.stem);
                for (const std::string& stem : stems)
                    ++songsByStem_[stem];
            }
        }
        return songsByStem_;
    }

    /// Reports sample rates, channel counts and lengths that differ within a song.
    void checkFormats() {
        std::vector<const FileReport*> files;
        for (const FileReport& file : song_->files) {
            if (isReadable(file))
                files.push_back(&file);
        }
        if (files.size() < 2)
            return;
        const auto [slowest, fastest] = std::ranges::minmax(files, {}, &FileReport::sampleRate);
        if (slowest->sampleRate != fastest->sampleRate) {
            add(Severity::Warning, "rates",
                fmt::format("rates differ: {} {} Hz, {} {} Hz", slowest->title(), slowest->sampleRate,
                            fastest->title(), fastest->sampleRate));
        }
        const auto [narrowest, widest] = std::ranges::minmax(files, {}, &FileReport::channels);
        if (narrowest->channels != widest->channels) {
            add(Severity::Note, "channel counts",
                fmt::format("channels differ: {} {}, {} {}", narrowest->title(), narrowest->channels,
                            widest->title(), widest->channels));
        }
        const auto [shortest, longest] = std::ranges::minmax(files, {}, &FileReport::seconds);
        checkLengths(*shortest, *longest);
    }

    void checkLengths(const FileReport& shortest, const FileReport& longest) {
        const double difference = longest.seconds() - shortest.seconds();
        if (difference * std::max(shortest.sampleRate, longest.sampleRate) < 1)
            return;
        const bool refused = difference > lengthTolerance;
        add(refused ? Severity::Error : Severity::Warning, "lengths",
            fmt::format("lengths differ: {} {:.3f} s, {} {:.3f} s", shortest.title(), shortest.seconds(),
                        longest.title(), longest.seconds()));
    }

    void checkResidual() {
        const bool isCompressed = std::ranges::any_of(song_->files, isLossy, &FileReport::encoding);
        const double same = isCompressed ? sameCompressedDecibels : sameAudioDecibels;
        if (song_->residual && *song_->residual > same) {
            add(Severity::Warning, "residual",
                fmt::format("the mixture is not the sum of the stems: residual {:.1f} dB; data.mixture: file "
                            "trains on the file",
                            *song_->residual));
        }
    }

    /// Reports pairs of songs with identical audio. Each duplicate is paired with the first occurrence.
    void checkDuplicates() {
        struct Place {
            const SongReport* song;
            const FileReport* file;
        };
        std::map<std::uint64_t, Place> first;
        std::map<std::pair<const SongReport*, const SongReport*>, std::vector<std::string>> pairs;
        for (const SongReport& song : songs_) {
            for (const FileReport& file : song.files) {
                if (!isReadable(file) || file.peak == 0)
                    continue;
                const auto [place, isNew] = first.try_emplace(file.hash, Place{&song, &file});
                if (!isNew)
                    pairs[{place->second.song, &song}].push_back(sharedName(*place->second.file, file));
            }
        }
        for (const auto& [pair, names] : pairs)
            addDuplicate(*pair.first, *pair.second, names);
    }

    static std::string sharedName(const FileReport& one, const FileReport& other) {
        return one.title() == other.title() ? one.title() : one.title() + " = " + other.title();
    }

    void addDuplicate(const SongReport& one, const SongReport& other, const std::vector<std::string>& names) {
        const std::string list = fmt::format("{}", fmt::join(names, ", "));
        if (&one == &other) {
            problems_.push_back({Severity::Warning, "same stems", {one.title()}, "identical audio: " + list});
            return;
        }
        const bool across = one.split != other.split;
        problems_.push_back(
            {across ? Severity::Error : Severity::Warning,
             across ? "duplicate across splits" : "duplicate",
             {one.title(), other.title()},
             fmt::format("identical audio in {} and {}: {}", one.title(), other.title(), list)});
    }

    const std::vector<SongReport>& songs_;
    const std::vector<std::string>& required_; ///< stems that every song must have; may be empty
    const SongReport* song_ = nullptr;         ///< the song being checked
    std::map<std::string, std::size_t> songsByStem_;
    std::vector<DatasetProblem> problems_;
};

} // namespace

std::vector<DatasetProblem> findProblems(const std::vector<SongReport>& songs,
                                         const std::vector<std::string>& stems,
                                         const std::vector<std::string>& unused,
                                         const std::vector<std::string>& unaligned) {
    return ProblemFinder(songs, stems).find(unused, unaligned);
}

} // namespace headroom
