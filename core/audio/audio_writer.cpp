// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/audio/audio_writer.h"

#include "core/audio/audio_reader.h"
#include "core/audio/id3_tag.h"
#include "core/audio/offset_file.h"
#include "core/audio/sndfile_handle.h"
#include "core/audio/sndfile_tags.h"
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
    NamedContainer{AudioContainer::Mp3, "mp3", ".mp3", SF_FORMAT_MPEG},
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
    NamedEncoding{SampleEncoding::MpegLayer3, "MPEG_LAYER_III", SF_FORMAT_MPEG_LAYER_III, 0},
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

/// Whether the sizes of a WAV file would not fit into 32 bits, with some room for the header.
bool needsLongSizes(const AudioSpec& spec) {
    constexpr std::int64_t maximumWav = 0xFFFFFFFF - 4096;
    const std::int64_t frameBytes = spec.channels * entry(encodings, spec.encoding).bits / 8;
    return spec.frames > maximumWav / frameBytes;
}

int audioFormat(const AudioSpec& spec) {
    const bool isWav = spec.container == AudioContainer::Wav;
    return entry(encodings, spec.encoding).format |
           (isWav && needsLongSizes(spec) ? SF_FORMAT_RF64 : entry(containers, spec.container).format);
}

void checkMp3(const AudioSpec& spec, const std::string& where) {
    // There are lower rates, at which LAME changes the level.
    constexpr std::array rates = {32000, 44100, 48000};
    if (std::ranges::find(rates, spec.sampleRate) == rates.end())
        throw Error(ErrorKind::Input, fmt::format("MP3 does not support {} Hz", spec.sampleRate), where,
                    "Use FLAC or WAV.");
}

void checkSpec(const AudioSpec& spec, const std::string& where) {
    if (spec.container == AudioContainer::Flac && spec.encoding == SampleEncoding::Float)
        throw Error(ErrorKind::Input, "FLAC does not support FLOAT samples", where, "Use PCM_24 or WAV.");
    const bool isMp3 = spec.container == AudioContainer::Mp3;
    if (isMp3 != (spec.encoding == SampleEncoding::MpegLayer3))
        throw Error(ErrorKind::Input,
                    fmt::format("{} does not support {} samples", entry(containers, spec.container).name,
                                entry(encodings, spec.encoding).name),
                    where, "Leave out the sample format.");
    if (isMp3)
        checkMp3(spec, where);
    SF_INFO info{};
    info.samplerate = spec.sampleRate;
    info.channels = spec.channels;
    info.format = audioFormat(spec);
    if (spec.channels < 1 || spec.sampleRate < 1 || sf_format_check(&info) == 0) {
        throw Error(ErrorKind::Input,
                    fmt::format("{} does not support {} channels at {} Hz",
                                entry(containers, spec.container).name, spec.channels, spec.sampleRate),
                    where);
    }
}

/// The PCM level of a sample, in [-scale, scale - 1].
double storedLevel(float sample, double scale) {
    return std::clamp(std::nearbyint(sample * scale), -scale, scale - 1);
}

bool isPcm(SampleEncoding encoding) {
    return encoding == SampleEncoding::Pcm16 || encoding == SampleEncoding::Pcm24;
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

SampleEncoding bestEncoding(AudioContainer container) {
    switch (container) {
    case AudioContainer::Wav:
        return SampleEncoding::Float;
    case AudioContainer::Flac:
        return SampleEncoding::Pcm24;
    case AudioContainer::Mp3:
        return SampleEncoding::MpegLayer3;
    }
    return SampleEncoding::Float;
}

std::string fileExtension(AudioContainer container) {
    return entry(containers, container).extension;
}

float storedSample(float sample, SampleEncoding encoding) {
    if (!isPcm(encoding))
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
    OffsetFile bytes = {};
    SndfilePtr handle; // after the bytes that it writes
    std::int64_t frames = 0;
    std::int64_t clipped = 0;
    std::vector<float> interleaved;
    std::vector<int> integers;

    void open();
    void setBestQuality();
    sf_count_t writeBlock(const AudioBuffer& from, std::int64_t first, std::int64_t count);
    void quantize();
    void checkWritten() const;
    [[noreturn]] void failToWrite() const;
};

/// Call after a failed libsndfile call before which errno was 0. libsndfile itself does not report a full
/// disk.
void AudioWriter::State::failToWrite() const {
    if (errno != 0)
        throw systemError("cannot write the file", path, errno);
    throw Error(ErrorKind::Failure, std::string("cannot write the file: ") + sf_strerror(handle.get()),
                path.string());
}

void AudioWriter::State::open() {
    if (!file.temporary())
        throw Error(ErrorKind::Input, "audio cannot be written to a pipe or a device", path.string(),
                    "Write to a file.");
    SF_INFO info{};
    info.samplerate = spec.sampleRate;
    info.channels = spec.channels;
    info.format = audioFormat(spec);
    const bool isMp3 = spec.container == AudioContainer::Mp3;
    // libsndfile would write Latin-1 tags.
    const std::string tag = isMp3 ? id3Tag(spec.tags) : std::string();
    file.write(tag);
    bytes = OffsetFile(file.temporary()->descriptor(), static_cast<std::int64_t>(tag.size()));
    SF_VIRTUAL_IO io = OffsetFile::virtualFile();
    errno = 0;
    handle.reset(sf_open_virtual(&io, SFM_WRITE, &info, &bytes));
    if (!handle)
        failToWrite();
    // The PEAK chunk contains a time stamp: equal audio would not give equal files.
    sf_command(handle.get(), SFC_SET_ADD_PEAK_CHUNK, nullptr, SF_FALSE);
    if (isMp3)
        setBestQuality();
    else
        setSndfileTags(handle.get(), spec.tags);
}

/// The highest constant bit rate of MP3.
void AudioWriter::State::setBestQuality() {
    int mode = SF_BITRATE_MODE_CONSTANT;
    double compression = 0;
    sf_command(handle.get(), SFC_SET_BITRATE_MODE, &mode, sizeof mode);
    sf_command(handle.get(), SFC_SET_COMPRESSION_LEVEL, &compression, sizeof compression);
}

/// Converts the samples to integers in the upper bits of 32, as libsndfile expects.
void AudioWriter::State::quantize() {
    const int bits = entry(encodings, spec.encoding).bits;
    const double scale = pcmScale(spec.encoding);
    integers.resize(interleaved.size());
    for (std::size_t i = 0; i < interleaved.size(); ++i) {
        if (std::isnan(interleaved[i]))
            throw Error(ErrorKind::Failure, "cannot write the file: a sample is not a number", path.string());
        // +1 is one step above the largest level but does not count as clipping.
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
    if (!isPcm(spec.encoding))
        return sf_writef_float(handle.get(), interleaved.data(), count);
    quantize();
    return sf_writef_int(handle.get(), integers.data(), count);
}

/// libsndfile does not report a failure to write the last block or the header on closing.
void AudioWriter::State::checkWritten() const {
    std::string fault;
    try {
        AudioReader written(file.temporary()->path());
        written.seek(frames - 1);
        written.read(1);
        if (written.info().frames != frames)
            fault = "its length is wrong";
    } catch (const Error& error) {
        fault = error.what();
    }
    if (!fault.empty())
        throw Error(ErrorKind::Failure, "the file was not written completely: " + fault, path.string(),
                    "Check that the disk is not full.");
}

AudioWriter::AudioWriter(const std::filesystem::path& path, const AudioSpec& spec) {
    checkSpec(spec, path.string());
    state_ = std::make_unique<State>(path, spec);
    state_->open();
}

AudioWriter::AudioWriter(AudioWriter&&) noexcept = default;
AudioWriter& AudioWriter::operator=(AudioWriter&&) noexcept = default;
AudioWriter::~AudioWriter() = default;

void AudioWriter::write(const AudioBuffer& audio) {
    State& state = *state_;
    if (audio.channels() != state.spec.channels || state.frames + audio.frames() > state.spec.frames) {
        throw Error(ErrorKind::Failure,
                    fmt::format("expected {} frames of {} channels, got {} of {}", state.spec.frames,
                                state.spec.channels, state.frames + audio.frames(), audio.channels()),
                    state.path.string());
    }
    constexpr std::int64_t blockFrames = 16384;
    for (std::int64_t done = 0; done < audio.frames();) {
        const std::int64_t count = std::min(blockFrames, audio.frames() - done);
        errno = 0;
        if (state.writeBlock(audio, done, count) != count)
            state.failToWrite();
        done += count;
    }
    state.frames += audio.frames();
}

void AudioWriter::commit() {
    State& state = *state_;
    if (state.frames != state.spec.frames) {
        throw Error(ErrorKind::Failure,
                    fmt::format("only {} of {} frames were written", state.frames, state.spec.frames),
                    state.path.string());
    }
    state.handle.reset();
    if (state.frames > 0)
        state.checkWritten();
    state.file.commit();
}

std::int64_t AudioWriter::clippedSamples() const {
    return state_->clipped;
}

} // namespace headroom
