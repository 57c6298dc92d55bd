#include "core/train/tensorboard_message.h"

#include <boost/crc.hpp>

#include <bit>
#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>
#include <google/protobuf/wire_format_lite.h>

namespace headroom {
namespace {

using google::protobuf::internal::WireFormatLite;

/// Field numbers of event.proto and summary.proto.
namespace event {
constexpr int wallTime = 1, step = 2, fileVersion = 3, summary = 5, sessionLog = 7;
}
namespace session_log {
constexpr int status = 1;
}
namespace summary {
constexpr int value = 1;
}
namespace value {
constexpr int tag = 1, simpleValue = 2;
}

/// A message, written field by field.
class Message {
public:
    Message& number(int field, double value) {
        return write([&](auto* stream) { WireFormatLite::WriteDouble(field, value, stream); });
    }
    Message& number(int field, float value) {
        return write([&](auto* stream) { WireFormatLite::WriteFloat(field, value, stream); });
    }
    Message& number(int field, std::int64_t value) {
        return write([&](auto* stream) { WireFormatLite::WriteInt64(field, value, stream); });
    }
    Message& bytes(int field, const std::string& value) {
        return write([&](auto* stream) { WireFormatLite::WriteBytes(field, value, stream); });
    }
    const std::string& text() const { return text_; }

private:
    template <typename Write>
    Message& write(const Write& writeField) {
        google::protobuf::io::StringOutputStream string(&text_);
        google::protobuf::io::CodedOutputStream stream(&string);
        writeField(&stream);
        return *this;
    }

    std::string text_;
};

double seconds(EventTime time) {
    return std::chrono::duration<double>(time.time_since_epoch()).count();
}

/// Stored checksums are rotated and shifted, so that a checksum of data that holds checksums stays sound.
std::uint32_t maskedCrc32c(std::string_view data) {
    boost::crc_optimal<32, 0x1EDC6F41, 0xFFFFFFFF, 0xFFFFFFFF, true, true> crc;
    crc.process_bytes(data.data(), data.size());
    constexpr std::uint32_t maskDelta = 0xa282ead8;
    return std::rotr(static_cast<std::uint32_t>(crc.checksum()), 15) + maskDelta;
}

template <typename Number>
std::string littleEndian(Number number) {
    std::string bytes;
    for (std::size_t i = 0; i < sizeof number; ++i)
        bytes += static_cast<char>(number >> (8 * i) & 0xff);
    return bytes;
}

} // namespace

std::string versionMessage(EventTime time) {
    return Message().number(event::wallTime, seconds(time)).bytes(event::fileVersion, "brain.Event:2").text();
}

std::string startMessage(EventTime time, std::int64_t step) {
    constexpr std::int64_t start = 1;
    const std::string log = Message().number(session_log::status, start).text();
    return Message()
        .number(event::wallTime, seconds(time))
        .number(event::step, step)
        .bytes(event::sessionLog, log)
        .text();
}

std::string scalarsMessage(EventTime time, std::int64_t step, std::span<const Scalar> scalars) {
    Message points;
    for (const Scalar& scalar : scalars) {
        const auto number = static_cast<float>(scalar.value);
        points.bytes(summary::value,
                     Message().bytes(value::tag, scalar.tag).number(value::simpleValue, number).text());
    }
    return Message()
        .number(event::wallTime, seconds(time))
        .number(event::step, step)
        .bytes(event::summary, points.text())
        .text();
}

std::string framed(std::string_view message) {
    const std::string length = littleEndian(static_cast<std::uint64_t>(message.size()));
    return length + littleEndian(maskedCrc32c(length)) + std::string(message) +
           littleEndian(maskedCrc32c(message));
}

} // namespace headroom
