#include "core/audio/audio_writer.h"

#include "core/audio/audio_reader.h"
#include "core/audio/sound_handle.h"
#include "core/support/atomic_file.h"
#include "core/support/system_error.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cmath>
#include <vector>

namespace headroom {
namespace {

struct NamedContainer {
    AudioContainer value;
    const char* name;
    const char* extension;
    int format;
};
constexpr std::array containers = {
    NamedContainer{AudioContainer::Wav, "wav", ".wav", SF_FORMAT_WAV},
    NamedContainer{AudioContainer::Flac, "flac", ".flac", SF_FORMAT_FLAC},
};

struct NamedEncoding {
    SampleEncoding value;
    const char* name;
    int format;
    int bits;
};
constexpr std::array encodings = {
    NamedEncoding{SampleEncoding::Pcm16, "PCM_16", SF_FORMAT_PCM_16, 16},
    NamedEncoding{SampleEncoding::Pcm24, "PCM_24", SF_FORMAT_PCM_24, 24},
    NamedEncoding{SampleEncoding::Float, "FLOAT", SF_FORMAT_FLOAT, 32},
};

template <typename Table, typename Value>
const auto& entry(const Table& table, Value value) {
    return *std::ranges::find_if(table, [&](const auto& candidate) { return candidate.value == value; });
}

template <typename Table>
auto valueNamed(const Table& table, const std::string& name, const std::string& kind) {
    std::string allowed;
    for (const auto& candidate : table) {
        if (name == candidate.name)
            return candidate.value;
        allowed += (allowed.empty() ? "" : ", ") + std::string(candidate.name);
    }
    throw Error(ErrorKind::Input, fmt::format("unknown {} '{}'", kind, name), {},
                fmt::format("Use one of {}.", allowed));
}

/// A WAV whose sizes would not fit into 32 bits with some room for its header.
bool needsLongSizes(const AudioSpec& spec) {
    constexpr std::int64_t longestWav = 0xFFFFFFFF - 4096;
    const std::int64_t frameBytes = spec.channels * entry(encodings, spec.encoding).bits / 8;
    return spec.frames > longestWav / frameBytes;
}

int audioFormat(const AudioSpec& spec) {
    const bool isWav = spec.container == AudioContainer::Wav;
    return entry(encodings, spec.encoding).format |
           (isWav && needsLongSizes(spec) ? SF_FORMAT_RF64 : entry(containers, spec.container).format);
}

void checkSpec(const AudioSpec& spec, const std::string& where) {
    if (spec.container == AudioContainer::Flac && spec.encoding == SampleEncoding::Float)
        throw Error(ErrorKind::Input, "FLAC cannot hold FLOAT samples", where, "Use PCM_24, or WAV.");
    SF_INFO info{};
    info.samplerate = spec.sampleRate;
    info.channels = spec.channels;
    info.format = audioFormat(spec);
    if (spec.channels < 1 || spec.sampleRate < 1 || sf_format_check(&info) == 0) {
        throw Error(ErrorKind::Input,
                    fmt::format("{} cannot hold {} channels at {} Hz", entry(containers, spec.container).name,
                                spec.channels, spec.sampleRate),
                    where);
    }
}

/// The step of PCM that holds a sample, of 2 * scale in all.
double storedLevel(float sample, double scale) {
    return std::clamp(std::nearbyint(sample * scale), -scale, scale - 1);
}

double pcmScale(SampleEncoding encoding) {
    return std::ldexp(1.0, entry(encodings, encoding).bits - 1);
}

} // namespace

AudioContainer audioContainer(const std::string& name) {
    return valueNamed(containers, name, "file format");
}

SampleEncoding sampleEncoding(const std::string& name) {
    return valueNamed(encodings, name, "sample format");
}

std::string fileExtension(AudioContainer container) {
    return entry(containers, container).extension;
}

float storedSample(float sample, SampleEncoding encoding) {
    if (encoding == SampleEncoding::Float)
        return sample;
    const double scale = pcmScale(encoding);
    return static_cast<float>(storedLevel(sample, scale) / scale);
}

struct AudioWriter::State {
    State(const std::filesystem::path& target, const AudioSpec& wanted)
        : path(target), spec(wanted), file(target) {}

    std::filesystem::path path;
    AudioSpec spec;
    AtomicFile file;
    AudioHandle sound;
    std::int64_t frames = 0;
    std::int64_t clipped = 0;
    std::vector<float> interleaved;
    std::vector<int> integers;

    void open();
    sf_count_t writeBlock(const AudioBuffer& from, std::int64_t first, std::int64_t count);
    void quantize();
    void checkWritten() const;
    [[noreturn]] void failToWrite() const;
};

/// After a call to libsndfile that failed, begun with an errno of 0: it does not say itself that a disk is
/// full.
void AudioWriter::State::failToWrite() const {
    if (errno != 0)
        throw systemError("cannot write the file", path, errno);
    throw Error(ErrorKind::Failure, std::string("cannot write the file: ") + sf_strerror(sound.get()),
                path.string());
}

void AudioWriter::State::open() {
    if (!file.temporary())
        throw Error(ErrorKind::Input, "sound cannot be written to a pipe or a device", path.string(),
                    "Write to a file, and hand that on.");
    SF_INFO info{};
    info.samplerate = spec.sampleRate;
    info.channels = spec.channels;
    info.format = audioFormat(spec);
    errno = 0;
    sound.reset(sf_open_fd(file.temporary()->descriptor(), SFM_WRITE, &info, SF_FALSE));
    if (!sound)
        failToWrite();
    // The peak chunk holds the time of day: equal sound would not give equal files.
    sf_command(sound.get(), SFC_SET_ADD_PEAK_CHUNK, nullptr, SF_FALSE);
}

/// The samples as integers at the top of 32 bits, as libsndfile wants them.
void AudioWriter::State::quantize() {
    const int bits = entry(encodings, spec.encoding).bits;
    const double scale = pcmScale(spec.encoding);
    integers.resize(interleaved.size());
    for (std::size_t i = 0; i < interleaved.size(); ++i) {
        if (std::isnan(interleaved[i]))
            throw Error(ErrorKind::Failure, "a sample is not a number", path.string());
        // Full scale itself is one step beyond the largest level, and no fault of the sound.
        if (std::abs(interleaved[i]) > 1)
            ++clipped;
        integers[i] =
            static_cast<int>(static_cast<std::int64_t>(storedLevel(interleaved[i], scale)) << (32 - bits));
    }
}

sf_count_t AudioWriter::State::writeBlock(const AudioBuffer& from, std::int64_t first, std::int64_t count) {
    interleaved.resize(static_cast<std::size_t>(count * spec.channels));
    for (int c = 0; c < spec.channels; ++c) {
        const auto samples = from.channel(c);
        for (std::int64_t i = 0; i < count; ++i)
            interleaved[i * spec.channels + c] = samples[first + i];
    }
    if (spec.encoding == SampleEncoding::Float)
        return sf_writef_float(sound.get(), interleaved.data(), count);
    quantize();
    return sf_writef_int(sound.get(), integers.data(), count);
}

/// libsndfile does not tell when the last block or the header could not be written on closing.
void AudioWriter::State::checkWritten() const {
    std::string fault;
    try {
        AudioReader written(file.temporary()->path());
        written.seek(frames - 1);
        written.read(1);
        if (written.info().frames != frames)
            fault = "it has the wrong length";
    } catch (const Error& error) {
        fault = error.what();
    }
    if (!fault.empty())
        throw Error(ErrorKind::Failure, "the file was not written whole: " + fault, path.string(),
                    "See whether this disk is full.");
}

AudioWriter::AudioWriter(const std::filesystem::path& path, const AudioSpec& spec) {
    checkSpec(spec, path.string());
    state_ = std::make_unique<State>(path, spec);
    state_->open();
}

AudioWriter::AudioWriter(AudioWriter&&) noexcept = default;
AudioWriter& AudioWriter::operator=(AudioWriter&&) noexcept = default;
AudioWriter::~AudioWriter() = default;

void AudioWriter::write(const AudioBuffer& sound) {
    State& state = *state_;
    if (sound.channels() != state.spec.channels || state.frames + sound.frames() > state.spec.frames) {
        throw Error(ErrorKind::Failure,
                    fmt::format("{} frames of {} channels were to be written, not {} of {}",
                                state.spec.frames, state.spec.channels, state.frames + sound.frames(),
                                sound.channels()),
                    state.path.string());
    }
    constexpr std::int64_t blockFrames = 16384;
    for (std::int64_t done = 0; done < sound.frames();) {
        const std::int64_t count = std::min(blockFrames, sound.frames() - done);
        errno = 0;
        if (state.writeBlock(sound, done, count) != count)
            state.failToWrite();
        done += count;
    }
    state.frames += sound.frames();
}

void AudioWriter::commit() {
    State& state = *state_;
    if (state.frames != state.spec.frames) {
        throw Error(ErrorKind::Failure,
                    fmt::format("only {} of {} frames were written", state.frames, state.spec.frames),
                    state.path.string());
    }
    state.sound.reset();
    if (state.frames > 0)
        state.checkWritten();
    state.file.commit();
}

std::int64_t AudioWriter::clippedSamples() const {
    return state_->clipped;
}

} // namespace headroom
