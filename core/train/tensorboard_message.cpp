// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/train/tensorboard_message.h"

#include "core/audio/audio_writer.h"
#include "core/train/tensorboard_event.pb.h"

#include <array>
#include <bit>

namespace headroom {
namespace {

double secondsOf(EventTime time) {
    return std::chrono::duration<double>(time.time_since_epoch()).count();
}

tensorboard::Event eventAt(EventTime time) {
    tensorboard::Event event;
    event.set_wall_time(secondsOf(time));
    return event;
}

/// The plugin reads the metadata only; a value needs a tensor nevertheless.
std::string hparamsMessage(EventTime time, const char* tag, const tensorboard::HParamsPluginData& data) {
    tensorboard::Event event = eventAt(time);
    tensorboard::Summary::Value& value = *event.mutable_summary()->add_value();
    value.set_tag(tag);
    value.mutable_tensor()->set_dtype(tensorboard::Tensor::TYPE_FLOAT);
    value.mutable_tensor()->mutable_tensor_shape()->add_dim()->set_size(1);
    value.mutable_tensor()->add_float_val(0);
    tensorboard::SummaryMetadata::PluginData& plugin = *value.mutable_metadata()->mutable_plugin_data();
    plugin.set_plugin_name("hparams");
    plugin.set_content(data.SerializeAsString());
    return event.SerializeAsString();
}

/// CRC-32C (Castagnoli), reflected.
constexpr std::array<std::uint32_t, 256> crcTable = [] {
    std::array<std::uint32_t, 256> table{};
    for (std::uint32_t byte = 0; byte < 256; ++byte) {
        std::uint32_t crc = byte;
        for (int bit = 0; bit < 8; ++bit)
            crc = crc >> 1 ^ ((crc & 1) != 0 ? 0x82f63b78 : 0);
        table[byte] = crc;
    }
    return table;
}();

/// TFRecord stores checksums rotated and offset, so that the checksum of data that contains checksums is
/// still useful.
std::uint32_t maskedCrc32c(std::string_view data) {
    std::uint32_t crc = 0xffffffff;
    for (const char c : data)
        crc = crcTable[(crc ^ static_cast<unsigned char>(c)) & 0xff] ^ crc >> 8;
    constexpr std::uint32_t maskDelta = 0xa282ead8;
    return std::rotr(~crc, 15) + maskDelta;
}

template <typename Number>
std::string littleEndian(Number number) {
    std::string bytes;
    for (std::size_t i = 0; i < sizeof number; ++i)
        bytes += static_cast<char>(number >> (8 * i) & 0xff);
    return bytes;
}

/// A WAV file of 16 bits.
std::string wavOf(const AudioBuffer& audio, int sampleRate) {
    constexpr std::uint32_t bytesPerSample = 2;
    const auto channels = static_cast<std::uint16_t>(audio.channels());
    const auto frameBytes = static_cast<std::uint16_t>(channels * bytesPerSample);
    const auto dataBytes = static_cast<std::uint32_t>(audio.frames() * frameBytes);
    const auto rate = static_cast<std::uint32_t>(sampleRate);
    constexpr std::uint32_t headerBytes = 36; // after the size of the whole
    constexpr std::uint32_t formatBytes = 16;
    constexpr std::uint16_t pcm = 1;
    std::string wav = "RIFF" + littleEndian(headerBytes + dataBytes) + "WAVEfmt " +
                      littleEndian(formatBytes) + littleEndian(pcm) + littleEndian(channels) +
                      littleEndian(rate) + littleEndian(rate * frameBytes) + littleEndian(frameBytes) +
                      littleEndian(static_cast<std::uint16_t>(8 * bytesPerSample)) + "data" +
                      littleEndian(dataBytes);
    for (std::int64_t i = 0; i < audio.frames(); ++i) {
        for (int c = 0; c < audio.channels(); ++c) {
            const float stored = storedSample(audio.channel(c)[i], SampleEncoding::Pcm16);
            constexpr float fullScale = 32768;
            wav += littleEndian(static_cast<std::uint16_t>(static_cast<std::int16_t>(stored * fullScale)));
        }
    }
    return wav;
}

} // namespace

std::string versionMessage(EventTime time) {
    tensorboard::Event event = eventAt(time);
    event.set_file_version("brain.Event:2");
    return event.SerializeAsString();
}

std::string startMessage(EventTime time, std::int64_t step) {
    tensorboard::Event event = eventAt(time);
    event.set_step(step);
    event.mutable_session_log()->set_status(tensorboard::SessionLog::START);
    return event.SerializeAsString();
}

std::string scalarsMessage(EventTime time, std::int64_t step, std::span<const Scalar> scalars) {
    tensorboard::Event event = eventAt(time);
    event.set_step(step);
    for (const Scalar& scalar : scalars) {
        tensorboard::Summary::Value& value = *event.mutable_summary()->add_value();
        value.set_tag(scalar.tag);
        value.set_simple_value(static_cast<float>(scalar.value));
    }
    return event.SerializeAsString();
}

std::string audioMessage(EventTime time, std::int64_t step, const std::string& tag, const AudioBuffer& audio,
                         int sampleRate) {
    tensorboard::Event event = eventAt(time);
    event.set_step(step);
    tensorboard::Summary::Value& value = *event.mutable_summary()->add_value();
    value.set_tag(tag);
    tensorboard::Summary::Audio& stored = *value.mutable_audio();
    stored.set_sample_rate(static_cast<float>(sampleRate));
    stored.set_num_channels(audio.channels());
    stored.set_length_frames(audio.frames());
    stored.set_encoded_audio_string(wavOf(audio, sampleRate));
    stored.set_content_type("audio/wav");
    return event.SerializeAsString();
}

std::string imageMessage(EventTime time, std::int64_t step, const std::string& tag,
                         const SpectrogramPicture& picture) {
    tensorboard::Event event = eventAt(time);
    event.set_step(step);
    tensorboard::Summary::Value& value = *event.mutable_summary()->add_value();
    value.set_tag(tag);
    tensorboard::Summary::Image& image = *value.mutable_image();
    image.set_width(picture.width);
    image.set_height(picture.height);
    image.set_colorspace(1);
    image.set_encoded_image_string(picture.png);
    return event.SerializeAsString();
}

std::string textMessage(EventTime time, const std::string& tag, const std::string& markdown) {
    tensorboard::Event event = eventAt(time);
    event.set_step(0);
    tensorboard::Summary::Value& value = *event.mutable_summary()->add_value();
    value.set_tag(tag);
    value.mutable_tensor()->set_dtype(tensorboard::Tensor::TYPE_STRING);
    value.mutable_tensor()->mutable_tensor_shape()->add_dim()->set_size(1);
    value.mutable_tensor()->add_string_val(markdown);
    value.mutable_metadata()->mutable_plugin_data()->set_plugin_name("text");
    value.mutable_metadata()->set_data_class(tensorboard::SummaryMetadata::DATA_CLASS_TENSOR);
    return event.SerializeAsString();
}

std::string parametersMessage(EventTime time, const RunParameters& parameters) {
    tensorboard::HParamsPluginData data;
    tensorboard::SessionStartInfo& start = *data.mutable_session_start_info();
    start.set_start_time_secs(secondsOf(time));
    for (const auto& [name, value] : parameters) {
        tensorboard::HParam& stored = (*start.mutable_hparams())[name];
        if (const auto* number = std::get_if<double>(&value))
            stored.set_number_value(*number);
        else if (const auto* flag = std::get_if<bool>(&value))
            stored.set_bool_value(*flag);
        else
            stored.set_string_value(std::get<std::string>(value));
    }
    return hparamsMessage(time, "_hparams_/session_start_info", data);
}

std::string endMessage(EventTime time, bool success) {
    tensorboard::HParamsPluginData data;
    tensorboard::SessionEndInfo& end = *data.mutable_session_end_info();
    end.set_status(success ? tensorboard::SessionEndInfo::STATUS_SUCCESS
                           : tensorboard::SessionEndInfo::STATUS_FAILURE);
    end.set_end_time_secs(secondsOf(time));
    return hparamsMessage(time, "_hparams_/session_end_info", data);
}

std::string framed(std::string_view message) {
    const std::string length = littleEndian(static_cast<std::uint64_t>(message.size()));
    return length + littleEndian(maskedCrc32c(length)) + std::string(message) +
           littleEndian(maskedCrc32c(message));
}

} // namespace headroom
