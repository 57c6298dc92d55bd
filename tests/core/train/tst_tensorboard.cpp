// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/audio/audio_file.h"
#include "core/config/config_file.h"
#include "core/train/spectrogram_picture.h"
#include "core/train/tensorboard.h"
#include "core/train/tensorboard_message.h"
#include "core/values/frequency_scale.h"
#include "tests/support/read_audio.h"
#include "tests/support/strict_main.h"

#include <QDir>
#include <QFile>
#include <QImage>
#include <QTemporaryDir>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <fstream>
#include <map>
#include <numbers>

using namespace headroom;

namespace {

/// Reference implementation of CRC-32C.
std::uint32_t crc32c(const std::string& data) {
    std::uint32_t crc = 0xffffffff;
    for (const char c : data) {
        crc ^= static_cast<unsigned char>(c);
        for (int bit = 0; bit < 8; ++bit)
            crc = crc >> 1 ^ ((crc & 1) != 0 ? 0x82f63b78 : 0);
    }
    return ~crc;
}

template <typename Number>
Number numberAt(const std::string& bytes, std::size_t at) {
    Number number{};
    std::memcpy(&number, bytes.data() + at, sizeof number);
    return number;
}

bool checksumMatches(const std::string& data, std::uint32_t masked) {
    return std::rotl(masked - 0xa282ead8, 15) == crc32c(data);
}

/// The messages of a file; aborts the test if a checksum is wrong.
std::vector<std::string> messagesOf(const std::string& file) {
    std::vector<std::string> messages;
    for (std::size_t at = 0; at < file.size();) {
        const auto length = numberAt<std::uint64_t>(file, at);
        if (!checksumMatches(file.substr(at, 8), numberAt<std::uint32_t>(file, at + 8)))
            qFatal("checksum of a length");
        messages.push_back(file.substr(at + 12, length));
        if (!checksumMatches(messages.back(), numberAt<std::uint32_t>(file, at + 12 + length)))
            qFatal("checksum of a message");
        at += 16 + length;
    }
    return messages;
}

/// A field of a protocol buffers message: varints and fixed-size numbers in `bits`, all others in `bytes`.
struct Field {
    std::uint64_t bits = 0;
    std::string bytes = {};
};
std::multimap<int, Field> fieldsOf(const std::string& message) {
    std::multimap<int, Field> fields;
    std::size_t at = 0;
    const auto varint = [&] {
        std::uint64_t value = 0;
        for (int shift = 0;; shift += 7) {
            const auto byte = static_cast<unsigned char>(message.at(at++));
            value |= static_cast<std::uint64_t>(byte & 0x7f) << shift;
            if (byte < 0x80)
                return value;
        }
    };
    while (at < message.size()) {
        const std::uint64_t key = varint();
        Field field;
        switch (key & 7) {
        case 0:
            field.bits = varint();
            break;
        case 1:
            field.bits = numberAt<std::uint64_t>(message, at);
            at += 8;
            break;
        case 2: {
            const std::uint64_t length = varint();
            field.bytes = message.substr(at, length);
            at += length;
            break;
        }
        case 5:
            field.bits = numberAt<std::uint32_t>(message, at);
            at += 4;
            break;
        default:
            qFatal("wire type");
        }
        fields.emplace(static_cast<int>(key >> 3), field);
    }
    return fields;
}

std::string onlyFile(const QTemporaryDir& folder) {
    const QStringList names =
        QDir(folder.path()).entryList({QStringLiteral("events.out.tfevents.*")}, QDir::Files);
    QFile file(folder.filePath(names.value(0)));
    return file.open(QIODevice::ReadOnly) && names.size() == 1 ? file.readAll().toStdString() : std::string();
}

float asFloat(const Field& field) {
    return std::bit_cast<float>(static_cast<std::uint32_t>(field.bits));
}

} // namespace

class TestTensorboard : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void usesCrc32c() {
        // 0xe3069283 is the published check value of CRC-32C.
        QCOMPARE(crc32c("123456789"), 0xe3069283U);
        QCOMPARE(messagesOf(framed("123456789") + framed("")), (std::vector<std::string>{"123456789", ""}));
    }
    void writesScalarsInEventFormat() {
        const QTemporaryDir folder;
        const EventTime time(std::chrono::milliseconds(1769860800500));
        {
            TensorBoardWriter writer(folder.path().toStdString(), time);
            writer.add(Started{.step = 40}, time);
            writer.add(StepDone{.step = 41,
                                .loss = 0.5,
                                .learningRate = 1e-3,
                                .gradNorm = 2.0,
                                .memory = MemoryUse{.allocated = 1LL << 30,
                                                    .reserved = 3LL << 30,
                                                    .peakAllocated = 5LL << 29}},
                       time);
            writer.add(Notice{"has no scalars"}, time);
            writer.add(ValidationDone{.step = 300, .stems = {{"vocals", {.cSdr = 3.25}}}}, time);
        }
        const auto messages = messagesOf(onlyFile(folder));
        QCOMPARE(messages.size(), std::size_t{4});
        const auto version = fieldsOf(messages[0]);
        QCOMPARE(version.find(3)->second.bytes, std::string("brain.Event:2"));
        QCOMPARE(std::bit_cast<double>(version.find(1)->second.bits), 1769860800.5);

        const auto start = fieldsOf(messages[1]);
        QCOMPARE(start.find(2)->second.bits, std::uint64_t{41});
        QCOMPARE(fieldsOf(start.find(7)->second.bytes).find(1)->second.bits, std::uint64_t{1});

        const auto step = fieldsOf(messages[2]);
        QCOMPARE(step.find(2)->second.bits, std::uint64_t{41});
        std::map<std::string, float> scalars;
        const auto values = fieldsOf(step.find(5)->second.bytes);
        for (auto [value, end] = values.equal_range(1); value != end; ++value) {
            const auto fields = fieldsOf(value->second.bytes);
            scalars[fields.find(1)->second.bytes] = asFloat(fields.find(2)->second);
        }
        QCOMPARE(scalars, (std::map<std::string, float>{{"loss/train", 0.5F},
                                                        {"lr", 1e-3F},
                                                        {"grad_norm", 2.0F},
                                                        {"speed/examples_per_second", 0.0F},
                                                        {"vram/allocated_GiB", 1.0F},
                                                        {"vram/reserved_GiB", 3.0F},
                                                        {"vram/peak_allocated_GiB", 2.5F}}));

        const auto validation = fieldsOf(messages[3]);
        QCOMPARE(validation.find(2)->second.bits, std::uint64_t{300});
        const auto score = fieldsOf(fieldsOf(validation.find(5)->second.bytes).find(1)->second.bytes);
        QCOMPARE(score.find(1)->second.bytes, std::string("metric/cSDR/vocals"));
        QCOMPARE(asFloat(score.find(2)->second), 3.25F);
    }
    void writesAuditionsAsAudio() {
        const QTemporaryDir folder;
        const std::filesystem::path root = folder.path().toStdString();
        std::filesystem::create_directories(root / "auditions/step-00000007");
        AudioBuffer audio(2, 3);
        const std::vector<float> samples = {0.5F, -0.25F, 0, 1, -1, 0};
        std::ranges::copy(samples, audio.samples().begin());
        writeAudio(
            root / "auditions/step-00000007/vocals.flac", audio,
            {.sampleRate = 8000, .container = AudioContainer::Flac, .encoding = SampleEncoding::Pcm24});
        {
            TensorBoardWriter writer(root, EventTime{});
            writer.add(AuditionSaved{.step = 7, .folder = "auditions/step-00000007", .stems = {"vocals"}},
                       EventTime{});
        }
        const auto messages = messagesOf(onlyFile(folder));
        QCOMPARE(messages.size(), std::size_t{3});
        const auto picture = fieldsOf(messages[2]);
        const auto image = fieldsOf(fieldsOf(picture.find(5)->second.bytes).find(1)->second.bytes);
        QCOMPARE(image.find(1)->second.bytes, std::string("spectrogram/vocals"));
        QVERIFY(fieldsOf(image.find(4)->second.bytes).find(4)->second.bytes.starts_with("\x89PNG"));
        const auto event = fieldsOf(messages[1]);
        QCOMPARE(event.find(2)->second.bits, std::uint64_t{7});
        const auto value = fieldsOf(fieldsOf(event.find(5)->second.bytes).find(1)->second.bytes);
        QCOMPARE(value.find(1)->second.bytes, std::string("audition/vocals"));
        const auto stored = fieldsOf(value.find(6)->second.bytes);
        QCOMPARE(asFloat(stored.find(1)->second), 8000.0F);
        QCOMPARE(stored.find(2)->second.bits, std::uint64_t{2});
        QCOMPARE(stored.find(3)->second.bits, std::uint64_t{3});
        QCOMPARE(stored.find(5)->second.bytes, std::string("audio/wav"));
        QFile wav(folder.filePath(QStringLiteral("a.wav")));
        QVERIFY(wav.open(QIODevice::WriteOnly));
        wav.write(QByteArray::fromStdString(stored.find(4)->second.bytes));
        wav.close();
        const AudioBuffer read = test::readAudio(root / "a.wav");
        QCOMPARE(read.frames(), std::int64_t(3));
        // 1 is beyond what 24 and 16 bits can store.
        const std::vector<float> expected = {0.5F, -0.25F, 0, 32767.0F / 32768, -1, 0};
        for (std::size_t i = 0; i < expected.size(); ++i)
            QCOMPARE(read.samples()[i], expected[i]);
    }
    void writesConfigurationAsTextAndParameters() {
        const QTemporaryDir folder;
        const std::filesystem::path root = folder.path().toStdString();
        RunConfig config;
        config.training.batchSize = 3;
        config.model.offload = true;
        config.data.targets = {"vocals", "drums"};
        std::ofstream(root / "config.yaml") << dumpConfig(config);
        {
            TensorBoardWriter writer(root, EventTime{});
            writer.add(Started{.device = "cuda:1"}, EventTime{});
            writer.add(Failed{}, EventTime{});
        }
        const auto messages = messagesOf(onlyFile(folder));
        QCOMPARE(messages.size(), std::size_t{5});
        const auto valueOf = [](const std::string& message) {
            return fieldsOf(fieldsOf(fieldsOf(message).find(5)->second.bytes).find(1)->second.bytes);
        };
        const auto pluginOf = [](const std::multimap<int, Field>& value) {
            return fieldsOf(fieldsOf(value.find(9)->second.bytes).find(1)->second.bytes);
        };
        const auto text = valueOf(messages[2]);
        QCOMPARE(text.find(1)->second.bytes, std::string("configuration"));
        QCOMPARE(pluginOf(text).find(1)->second.bytes, std::string("text"));
        const auto tensor = fieldsOf(text.find(8)->second.bytes);
        QCOMPARE(tensor.find(1)->second.bits, std::uint64_t{7});
        QVERIFY(tensor.find(8)->second.bytes.find("    training:\n      batch_size: 3\n") !=
                std::string::npos);

        const auto start = valueOf(messages[3]);
        QCOMPARE(start.find(1)->second.bytes, std::string("_hparams_/session_start_info"));
        QCOMPARE(pluginOf(start).find(1)->second.bytes, std::string("hparams"));
        const auto session = fieldsOf(fieldsOf(pluginOf(start).find(2)->second.bytes).find(3)->second.bytes);
        std::map<std::string, std::multimap<int, Field>> parameters;
        for (auto [entry, end] = session.equal_range(1); entry != end; ++entry) {
            const auto pair = fieldsOf(entry->second.bytes);
            parameters[pair.find(1)->second.bytes] = fieldsOf(pair.find(2)->second.bytes);
        }
        QCOMPARE(std::bit_cast<double>(parameters.at("training.batch_size").find(2)->second.bits), 3.0);
        QCOMPARE(parameters.at("model.offload").find(4)->second.bits, std::uint64_t{1});
        QCOMPARE(parameters.at("data.targets").find(3)->second.bytes, std::string("[vocals, drums]"));
        QCOMPARE(parameters.at("device").find(3)->second.bytes, std::string("cuda:1"));
        QVERIFY(!parameters.contains("model.heads")); // of other models

        const auto ending = valueOf(messages[4]);
        QCOMPARE(ending.find(1)->second.bytes, std::string("_hparams_/session_end_info"));
        const auto end = fieldsOf(fieldsOf(pluginOf(ending).find(2)->second.bytes).find(4)->second.bytes);
        QCOMPARE(end.find(1)->second.bits, std::uint64_t{2}); // failure
    }
    /// A sine is a bright line at its height.
    void drawsSpectrograms() {
        constexpr int rate = 8000;
        AudioBuffer audio(1, std::int64_t{4} * rate);
        for (std::int64_t i = 0; i < audio.frames(); ++i)
            audio.channel(0)[i] =
                static_cast<float>(std::sin(2 * std::numbers::pi * 1000 * static_cast<double>(i) / rate));
        const SpectrogramPicture picture = spectrogramPicture(audio, rate);
        QImage image;
        QVERIFY(image.loadFromData(QByteArray::fromStdString(picture.png), "PNG"));
        QCOMPARE(image.size(), QSize(picture.width, picture.height));
        QCOMPARE(picture.width, static_cast<int>(audio.frames() / 256));
        const int row = static_cast<int>((1 - heightOf(FrequencyScale::Log, 1000, rate)) * picture.height);
        QVERIFY(qGray(image.pixel(picture.width / 2, row)) > 235);
        QVERIFY(qGray(image.pixel(picture.width / 2, row / 2)) < 100);
        QVERIFY(qGray(image.pixel(picture.width / 2, picture.height - 1)) < 100);
        // A file with more bytes than a stored block has.
        AudioBuffer longer(2, std::int64_t{300} * rate);
        const SpectrogramPicture dark = spectrogramPicture(longer, rate);
        QVERIFY(image.loadFromData(QByteArray::fromStdString(dark.png), "PNG"));
        QVERIFY(dark.width <= 800 && dark.width > 700);
        QCOMPARE(qGray(image.pixel(10, 10)), 0);
    }
    void createsFilePerStart() {
        const QTemporaryDir folder;
        for (int i = 0; i < 3; ++i)
            TensorBoardWriter(folder.path().toStdString(), EventTime{});
        QCOMPARE(QDir(folder.path()).entryList(QDir::Files).size(), 3);
    }
};

HEADROOM_TEST_MAIN(TestTensorboard)
#include "tst_tensorboard.moc"
