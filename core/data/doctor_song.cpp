#include "core/data/doctor_song.h"

#include "core/audio/audio_reader.h"
#include "core/data/song_library.h"
#include "core/support/error.h"

#include <xxhash.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <optional>

namespace headroom {
namespace {

constexpr std::int64_t blockFrames = 1 << 15;
constexpr double silentRms = 1e-3;
constexpr float fullScale = 32767.0F / 32768;

struct FreeHash {
    void operator()(XXH3_state_t* state) const { XXH3_freeState(state); }
};

/// Reads a file to its end and keeps the sums that its report needs.
class FileExaminer {
public:
    explicit FileExaminer(const StemPath& file) : hash_(XXH3_createState()) {
        report_.stem = file.stem;
        report_.path = file.path.string();
        XXH3_64bits_reset(hash_.get());
        try {
            reader_.emplace(file.path);
            const AudioInfo& info = reader_->info();
            report_.sampleRate = info.sampleRate;
            report_.channels = info.channels;
            report_.frames = info.frames;
            report_.encoding = info.encoding;
            sums_.resize(static_cast<std::size_t>(info.channels));
            windowFrames_ = std::max(1, info.sampleRate / 10);
        } catch (const Error& error) {
            giveUp(error);
        }
    }

    /// The next block; shorter at the end of the file, and empty behind it or where it cannot be read.
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
    const FileReport& soFar() const { return report_; }

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

/// Energy of the mixture, and of what it is more than the sum of the stems.
class Residual {
public:
    /// Blocks of the same stretch; where one file has ended it is not compared.
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

/// The mixture's place, where there is one and every file is like it in rate and channels.
std::optional<std::size_t> comparableMixture(const std::vector<FileExaminer>& files) {
    const auto mixture = std::ranges::find_if(
        files, [](const FileExaminer& file) { return file.soFar().stem == mixtureName; });
    if (mixture == files.end() || files.size() < 2)
        return std::nullopt;
    const bool alike = std::ranges::all_of(files, [&](const FileExaminer& file) {
        return file.readable() && file.soFar().sampleRate == mixture->soFar().sampleRate &&
               file.soFar().channels == mixture->soFar().channels;
    });
    return alike ? std::optional(static_cast<std::size_t>(mixture - files.begin())) : std::nullopt;
}

} // namespace

SongReport examineSong(const SongFolder& folder, const std::stop_token& stop) {
    std::vector<FileExaminer> files;
    files.reserve(folder.files.size());
    for (const StemPath& file : folder.files)
        files.emplace_back(file);

    std::optional<std::size_t> mixture = comparableMixture(files);
    Residual residual;
    for (bool more = true; more && !stop.stop_requested();) {
        std::vector<AudioBuffer> blocks(files.size());
        std::ranges::transform(files, blocks.begin(), &FileExaminer::next);
        more = std::ranges::any_of(blocks, [](const AudioBuffer& block) { return block.frames() > 0; });
        if (!std::ranges::all_of(files, &FileExaminer::readable))
            mixture.reset();
        if (mixture)
            residual.add(blocks, *mixture);
    }

    SongReport report{folder.name, splitName(folder.split), {}, {}};
    if (mixture)
        report.residual = residual.decibels();
    for (FileExaminer& file : files)
        report.files.push_back(file.finish());
    return report;
}

} // namespace headroom
