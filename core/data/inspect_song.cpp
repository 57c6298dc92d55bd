// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/data/inspect_song.h"

#include "core/audio/audio_reader.h"
#include "core/data/song_library.h"
#include "core/data/stem_sums.h"
#include "core/support/error.h"

#include <xxhash.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <iterator>
#include <memory>
#include <optional>
#include <utility>

namespace headroom {
namespace {

constexpr std::int64_t blockFrames = 1 << 15;
constexpr double silentRms = 1e-3;
constexpr float fullScale = 32767.0F / 32768;

struct FreeHash {
    void operator()(XXH3_state_t* state) const { XXH3_freeState(state); }
};

/// Reads a file to its end and accumulates its report.
class FileInspector {
public:
    /// @param track see FileReport::track
    FileInspector(const std::string& stem, const std::filesystem::path& path, const std::string& track)
        : hash_(XXH3_createState()) {
        report_.stem = stem;
        report_.track = track;
        report_.path = path.string();
        XXH3_64bits_reset(hash_.get());
        try {
            reader_.emplace(path);
            const AudioInfo& info = reader_->info();
            report_.sampleRate = info.sampleRate;
            report_.channels = info.channels;
            report_.frames = info.frames;
            report_.encoding = info.encoding;
            report_.notice = info.notice;
            sums_.resize(static_cast<std::size_t>(info.channels));
            windowFrames_ = std::max(1, info.sampleRate / 10);
        } catch (const Error& error) {
            giveUp(error);
        }
    }

    /// The next block. It is shorter at the end of the file, and empty after the end or if the file is
    /// unreadable.
    AudioBuffer next() {
        try {
            AudioBuffer block = reader_ ? reader_->read(blockFrames) : AudioBuffer();
            take(block);
            return block;
        } catch (const Error& error) {
            giveUp(error);
            return {};
        }
    }

    bool readable() const { return reader_.has_value(); }
    const FileReport& header() const { return report_; } ///< stem, path, format and length only

    FileReport finish() {
        if (windowFilled_ > 0)
            closeWindow();
        for (const double sum : sums_) {
            const double mean = sum / static_cast<double>(report_.frames);
            if (std::abs(mean) > std::abs(report_.dcOffset))
                report_.dcOffset = mean;
        }
        report_.silence =
            windows_ > 0 ? static_cast<double>(silentWindows_) / static_cast<double>(windows_) : 0;
        report_.monoAsStereo = report_.channels == 2 && channelsEqual_ && report_.peak > 0;
        report_.hash = XXH3_64bits_digest(hash_.get());
        return std::move(report_);
    }

private:
    void giveUp(const Error& error) {
        report_.unreadable = error.what();
        reader_.reset();
    }

    void take(const AudioBuffer& block) {
        for (int c = 0; c < block.channels(); ++c) {
            const auto samples = block.channel(c);
            XXH3_64bits_update(hash_.get(), samples.data(), samples.size_bytes());
            measure(samples, sums_[static_cast<std::size_t>(c)]);
        }
        channelsEqual_ = channelsEqual_ && block.channels() == 2
                             ? std::ranges::equal(block.channel(0), block.channel(1))
                             : channelsEqual_;
        countSilence(block);
    }

    void measure(std::span<const float> samples, double& sum) {
        for (const float sample : samples) {
            const float magnitude = std::abs(sample);
            if (!std::isfinite(magnitude)) {
                ++report_.badSamples;
                continue;
            }
            sum += sample;
            report_.peak = std::max(report_.peak, static_cast<double>(magnitude));
            report_.clippedSamples += magnitude >= fullScale ? 1 : 0;
        }
    }

    void countSilence(const AudioBuffer& block) {
        for (std::int64_t begin = 0; begin < block.frames();) {
            const std::int64_t count = std::min(windowFrames_ - windowFilled_, block.frames() - begin);
            for (int c = 0; c < block.channels(); ++c) {
                for (const float sample : block.channel(c).subspan(begin, count))
                    windowEnergy_ += static_cast<double>(sample) * sample;
            }
            begin += count;
            windowFilled_ += count;
            if (windowFilled_ == windowFrames_)
                closeWindow();
        }
    }

    void closeWindow() {
        const double meanSquare = windowEnergy_ / static_cast<double>(windowFilled_ * report_.channels);
        ++windows_;
        silentWindows_ += meanSquare < silentRms * silentRms ? 1 : 0;
        windowEnergy_ = 0;
        windowFilled_ = 0;
    }

    std::unique_ptr<XXH3_state_t, FreeHash> hash_;
    std::optional<AudioReader> reader_;
    FileReport report_;
    std::vector<double> sums_; ///< by channel
    bool channelsEqual_ = true;
    std::int64_t windowFrames_ = 1;
    std::int64_t windowFilled_ = 0;
    double windowEnergy_ = 0;
    std::int64_t windows_ = 0;
    std::int64_t silentWindows_ = 0;
};

/// Reads the files of a stem in parallel, as their sum.
class StemInspector {
public:
    StemInspector(const SongFolder& folder, const StemPaths& stem) : stem_(stem.stem) {
        files_.reserve(stem.files.size());
        for (const std::filesystem::path& file : stem.files) {
            const bool isTrack = isTrackLayout(folder.layout) && file.parent_path() != folder.folder;
            files_.emplace_back(stem.stem, file, isTrack ? file.filename().string() : std::string());
        }
    }

    /// The next block of the sum, as long as the longest of the files' blocks; that of one file if they have
    /// different channel counts.
    AudioBuffer next() {
        AudioBuffer sum;
        for (FileInspector& file : files_) {
            AudioBuffer block = file.next();
            if (block.frames() > sum.frames())
                std::swap(block, sum);
            for (int c = 0; c < block.channels() && block.channels() == sum.channels(); ++c)
                std::ranges::transform(block.channel(c), sum.channel(c), sum.channel(c).begin(), std::plus());
        }
        return sum;
    }

    const std::string& stem() const { return stem_; }
    std::vector<FileInspector>& files() { return files_; }
    const std::vector<FileInspector>& files() const { return files_; }
    bool readable() const { return std::ranges::all_of(files_, &FileInspector::readable); }

private:
    std::string stem_;
    std::vector<FileInspector> files_;
};

/// Energy of the mixture minus the sum of the stems, relative to the mixture.
class Residual {
public:
    /// Adds the next block of each file, up to the length of the shortest block.
    void add(const std::vector<AudioBuffer>& blocks, std::size_t mixture) {
        const std::int64_t frames = std::ranges::min(blocks, {}, &AudioBuffer::frames).frames();
        for (int c = 0; c < blocks[mixture].channels(); ++c) {
            for (std::int64_t i = 0; i < frames; ++i) {
                const double whole = blocks[mixture].channel(c)[i];
                double rest = 2 * whole;
                for (const AudioBuffer& block : blocks)
                    rest -= block.channel(c)[i];
                mixtureEnergy_ += whole * whole;
                energy_ += rest * rest;
            }
        }
    }

    std::optional<double> decibels() const {
        const double ratio = energy_ / mixtureEnergy_;
        if (!(mixtureEnergy_ > 0) || !std::isfinite(ratio))
            return std::nullopt;
        return 10 * std::log10(std::max(ratio, 1e-20));
    }

private:
    double mixtureEnergy_ = 0;
    double energy_ = 0;
};

/// Finds how the files of a song add up, from blocks that are read in parallel.
class SumAnalysis {
public:
    explicit SumAnalysis(const std::vector<StemInspector>& stems)
        : products_(stems.size()), stride_(std::max<std::size_t>(1, stems.size() * stems.size() / 64)) {
        std::vector<FileReport> headers;
        for (std::size_t i = 0; i < stems.size(); ++i) {
            stems_.push_back(stems[i].stem());
            if (stems_.back() == mixtureName)
                mixture_ = i;
            else
                indices_.push_back(i);
            std::ranges::transform(stems[i].files(), std::back_inserter(headers), &FileInspector::header);
        }
        isCompressed_ = std::ranges::any_of(headers, isLossy, &FileReport::encoding);
        isComparable_ =
            std::ranges::all_of(stems, &StemInspector::readable) &&
            std::ranges::all_of(headers, [&](const FileReport& file) {
                return file.sampleRate == headers[0].sampleRate && file.channels == headers[0].channels;
            });
    }

    void giveUp() { isComparable_ = false; }

    /// The next block of each stem.
    void add(const std::vector<AudioBuffer>& blocks) {
        if (!isComparable_)
            return;
        if (mixture_ && blocks.size() > 1)
            residual_.add(blocks, *mixture_);
        // The cost grows with the square of the number of stems, so sample the blocks if there are many.
        if (indices_.size() > 2 && blocks_++ % stride_ == 0)
            products_.add(blocks);
    }

    void report(SongReport& song) const {
        if (!isComparable_)
            return;
        if (mixture_ && stems_.size() > 1)
            song.residual = residual_.decibels();
        std::vector<std::size_t> stems = indices_;
        for (const StemSum& sum : findSums(products_.among(indices_),
                                           isCompressed_ ? sameCompressedDecibels : sameAudioDecibels)) {
            SumReport found{stems_[indices_[sum.index]], {}, sum.isWhole, sum.residual};
            for (const std::size_t part : sum.parts)
                found.parts.push_back(stems_[indices_[part]]);
            song.sums.push_back(std::move(found));
            std::erase(stems, indices_[sum.index]);
        }
        // Compare the mixture with the stems without the sums.
        if (song.residual && !song.sums.empty())
            song.residual = products_.residual(*mixture_, stems);
    }

private:
    InnerProducts products_;
    Residual residual_;
    std::vector<std::string> stems_;   ///< with the mixture
    std::vector<std::size_t> indices_; ///< of the stems other than the mixture
    std::optional<std::size_t> mixture_;
    bool isComparable_ = false;
    bool isCompressed_ = false;
    std::size_t stride_;
    std::size_t blocks_ = 0;
};

} // namespace

SongReport inspectSong(const SongFolder& folder, const std::stop_token& stop) {
    std::vector<StemInspector> stems;
    stems.reserve(folder.stems.size());
    for (const StemPaths& stem : folder.stems)
        stems.emplace_back(folder, stem);

    SumAnalysis analysis(stems);
    for (bool more = true; more && !stop.stop_requested();) {
        std::vector<AudioBuffer> blocks(stems.size());
        std::ranges::transform(stems, blocks.begin(), &StemInspector::next);
        more = std::ranges::any_of(blocks, [](const AudioBuffer& block) { return block.frames() > 0; });
        if (!std::ranges::all_of(stems, &StemInspector::readable))
            analysis.giveUp();
        analysis.add(blocks);
    }

    SongReport report{folder.name, splitName(folder.split), {}, {}};
    analysis.report(report);
    const bool isStemFolder = folder.layout == DatasetLayout::StemFolders;
    for (const auto& [stem, file, reason, isTrack] : folder.unread) {
        auto place = isStemFolder ? file.parent_path().parent_path() : file.parent_path();
        if (isTrackLayout(folder.layout))
            place = folder.folder;
        report.unread.push_back({stem, file.lexically_relative(place).string(), reason, isTrack});
    }
    for (StemInspector& stem : stems) {
        for (FileInspector& file : stem.files())
            report.files.push_back(file.finish());
    }
    if (folder.error)
        report.unusable = folder.error->what();
    return report;
}

} // namespace headroom
