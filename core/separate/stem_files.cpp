// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/separate/stem_files.h"

#include "core/support/error.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace headroom {
namespace {

constexpr std::ptrdiff_t restIndex = -1;

std::ptrdiff_t sourceOf(const std::string& name, std::span<const std::string> modelStems) {
    const auto found = std::ranges::find(modelStems, name);
    if (found != modelStems.end())
        return found - modelStems.begin();
    if (name == restName)
        return restIndex;
    throw Error(ErrorKind::Input, fmt::format("the model has no stem '{}'", name), {},
                fmt::format("Choose from {} and {}.", fmt::join(modelStems, ", "), restName));
}

/// Throws if two stems have the same file, so that none overwrites another.
void requireOwnFiles(std::span<const StemFile> files) {
    for (std::size_t i = 0; i < files.size(); ++i) {
        for (std::size_t j = 0; j < i; ++j) {
            const std::string& stem = files[i].stem;
            const std::string& other = files[j].stem;
            if (stem == other)
                throw Error(ErrorKind::Input, fmt::format("the stem '{}' is listed twice", stem), {},
                            "Choose other stems with --stems.");
            if (files[i].path == files[j].path)
                throw Error(
                    ErrorKind::Input,
                    fmt::format("the stems '{}' and '{}' would be written to the same file", other, stem),
                    files[i].path.string(),
                    "Choose other stems with --stems, or a name template with {instr}.");
        }
    }
}

/// The audio minus all parts as read back, summed in double.
AudioBuffer without(const AudioBuffer& audio, const std::vector<const AudioBuffer*>& parts,
                    SampleEncoding encoding) {
    AudioBuffer rest(audio.channels(), audio.frames());
    for (std::size_t i = 0; i < rest.samples().size(); ++i) {
        double sum = audio.samples()[i];
        for (const AudioBuffer* part : parts)
            sum -= storedSample(part->samples()[i], encoding);
        rest.samples()[i] = static_cast<float>(sum);
    }
    return rest;
}

double energy(const AudioBuffer& audio) {
    double sum = 0;
    for (float sample : audio.samples())
        sum += double{sample} * sample;
    return sum;
}

} // namespace

StemFiles::StemFiles(std::span<const StemFile> files, std::span<const std::string> modelStems,
                     const AudioSpec& spec)
    : encoding_(spec.encoding) {
    for (const StemFile& file : files)
        sources_.push_back(sourceOf(file.stem, modelStems));
    requireOwnFiles(files);
    for (const StemFile& file : files) {
        paths_.push_back(file.path);
        writers_.emplace_back(file.path, spec);
    }
    rest_ = std::ranges::count(sources_, restIndex) > 0;
    chosenStems_ = static_cast<int>(std::ssize(sources_)) - (rest_ ? 1 : 0);
}

bool StemFiles::sumsToInput() const {
    return rest_ && chosenStems_ > 0 && encoding_ != SampleEncoding::MpegLayer3;
}

void StemFiles::write(const AudioBuffer& input, const std::vector<AudioBuffer>& stems) {
    std::vector<const AudioBuffer*> parts;
    for (std::ptrdiff_t source : sources_) {
        if (source != restIndex)
            parts.push_back(&stems[source]);
    }
    AudioBuffer rest;
    if (rest_) {
        const bool isAlone = parts.empty();
        for (std::size_t s = 0; isAlone && s < stems.size(); ++s)
            parts.push_back(&stems[s]);
        rest = without(input, parts, isAlone ? SampleEncoding::Float : encoding_);
    }
    if (sumsToInput()) {
        parts.push_back(&rest);
        inputEnergy_ += energy(input);
        residualEnergy_ += energy(without(input, parts, encoding_));
    }
    for (std::size_t file = 0; file < writers_.size(); ++file)
        writers_[file].write(sources_[file] == restIndex ? rest : stems[sources_[file]]);
}

void StemFiles::commit() {
    for (AudioWriter& writer : writers_)
        writer.commit();
}

std::int64_t StemFiles::clippedSamples() const {
    std::int64_t sum = 0;
    for (const AudioWriter& writer : writers_)
        sum += writer.clippedSamples();
    return sum;
}

std::optional<double> StemFiles::nullTestDecibels() const {
    if (!sumsToInput())
        return std::nullopt;
    return residualEnergy_ == 0 ? -std::numeric_limits<double>::infinity()
                                : 10 * std::log10(residualEnergy_ / inputEnergy_);
}

} // namespace headroom
