#include "core/audio/audio_file.h"
#include "core/separate/separate_file.h"
#include "core/separate/stem_files.h"
#include "core/separate/stream_separator.h"
#include "core/support/error.h"
#include "tests/support/bad_files.h"
#include "tests/support/strict_main.h"
#include "tests/support/test_signals.h"

#include <QTemporaryDir>

#include <algorithm>
#include <cmath>
#include <fstream>

using namespace headroom;
namespace fs = std::filesystem;

namespace {

/// Two stems that are the input times a gain each: 0.75 and 0.125, so that an eighth is left.
ChunkModel gains(int sampleRate = 44100, int channels = 2) {
    ChunkModel model;
    model.sampleRate = sampleRate;
    model.channels = channels;
    model.stems = {"vocals", "drums"};
    model.chunkFrames = 4000;
    model.overlap = 0.5;
    model.separate = [](const AudioBuffer& chunk) {
        std::vector<AudioBuffer> stems(2, chunk);
        for (float& sample : stems[0].samples())
            sample *= 0.75F;
        for (float& sample : stems[1].samples())
            sample *= 0.125F;
        return stems;
    };
    return model;
}

StemOutput allInto(const fs::path& folder, SampleEncoding encoding = SampleEncoding::Float,
                   AudioContainer container = AudioContainer::Wav) {
    return {folder, {"vocals", "drums", restName}, container, encoding};
}

const SeparationProgress ignore = [](std::int64_t, std::int64_t) {};

double loudestDifference(const AudioBuffer& a, const AudioBuffer& b, float gain, std::int64_t margin) {
    double loudest = 0;
    for (int c = 0; c < a.channels(); ++c) {
        for (std::int64_t i = margin; i < a.frames() - margin; ++i)
            loudest = std::max<double>(loudest, std::abs(a.channel(c)[i] - gain * b.channel(c)[i]));
    }
    return loudest;
}

bool isEmpty(const fs::path& folder) {
    return fs::is_empty(folder);
}

} // namespace

class TestSeparateFile : public QObject {
    Q_OBJECT
private:
    QTemporaryDir scratch_;
    fs::path folder_;

    fs::path written(const AudioBuffer& sound, int sampleRate, const char* name = "song.wav") {
        const fs::path path = fs::path(scratch_.path().toStdString()) / name;
        AudioSpec spec;
        spec.sampleRate = sampleRate;
        writeAudio(path, sound, spec);
        return path;
    }

private Q_SLOTS:
    void init() {
        folder_ = fs::path(scratch_.path().toStdString()) / QTest::currentTestFunction();
        fs::create_directory(folder_);
    }

    void stemsAndRestSumToTheInput_data() {
        QTest::addColumn<int>("frames");
        for (int frames : {1, 2, 3999, 4000, 4001, 30011})
            QTest::addRow("%d frames", frames) << frames;
    }
    void stemsAndRestSumToTheInput() {
        QFETCH(int, frames);
        const AudioBuffer sound = test::noise(2, frames, 7);
        const auto result = separateFile(gains(), written(sound, 44100), allInto(folder_), {}, ignore);
        QCOMPARE(result->frames, frames);
        QCOMPARE(result->paths.size(), 3);
        const AudioBuffer vocals = readAudio(folder_ / "vocals.wav");
        const AudioBuffer drums = readAudio(folder_ / "drums.wav");
        const AudioBuffer rest = readAudio(folder_ / "rest.wav");
        for (const AudioBuffer* stem : {&vocals, &drums, &rest})
            QCOMPARE(stem->frames(), frames);
        for (std::size_t i = 0; i < sound.samples().size(); ++i) {
            QCOMPARE(vocals.samples()[i], 0.75F * sound.samples()[i]); // gain untouched, to the last bit
            QCOMPARE(vocals.samples()[i] + drums.samples()[i] + rest.samples()[i], sound.samples()[i]);
        }
        QVERIFY(*result->nullTestDecibels < -140);
    }
    void theNullTestIsWhatOneReadsBack_data() {
        QTest::addColumn<int>("encoding");
        QTest::addColumn<int>("container");
        QTest::newRow("16-bit WAV") << int(SampleEncoding::Pcm16) << int(AudioContainer::Wav);
        QTest::newRow("24-bit FLAC") << int(SampleEncoding::Pcm24) << int(AudioContainer::Flac);
        QTest::newRow("float WAV") << int(SampleEncoding::Float) << int(AudioContainer::Wav);
    }
    void theNullTestIsWhatOneReadsBack() {
        QFETCH(int, encoding);
        QFETCH(int, container);
        const AudioBuffer sound = test::noise(2, 12345, 3, 0.9F);
        const auto result =
            separateFile(gains(), written(sound, 44100),
                         allInto(folder_, SampleEncoding(encoding), AudioContainer(container)), {}, ignore);
        double energy = 0;
        double residual = 0;
        std::vector<AudioBuffer> files;
        for (const fs::path& path : result->paths)
            files.push_back(readAudio(path));
        for (std::size_t i = 0; i < sound.samples().size(); ++i) {
            double difference = sound.samples()[i];
            for (const AudioBuffer& file : files)
                difference -= file.samples()[i];
            energy += double{sound.samples()[i]} * sound.samples()[i];
            residual += difference * difference;
        }
        const double expected = 10 * std::log10(residual / energy); // of gains that are exact in float: -inf
        QVERIFY(*result->nullTestDecibels == expected ||
                std::abs(*result->nullTestDecibels - expected) < 1e-3);
        QVERIFY(*result->nullTestDecibels < (SampleEncoding(encoding) == SampleEncoding::Pcm16 ? -90 : -135));
    }
    void otherRatesAndChannelsComeBack_data() {
        QTest::addColumn<int>("rate");
        QTest::addColumn<int>("channels");
        QTest::addColumn<int>("modelChannels");
        for (int rate : {8000, 44100, 48000, 96000}) {
            for (int channels : {1, 2}) {
                for (int modelChannels : {1, 2})
                    QTest::addRow("%d Hz, %d of %d channels", rate, channels, modelChannels)
                        << rate << channels << modelChannels;
            }
        }
    }
    void otherRatesAndChannelsComeBack() {
        QFETCH(int, rate);
        QFETCH(int, channels);
        QFETCH(int, modelChannels);
        // The same in both channels, so that a mono model can give it back.
        AudioBuffer sound = test::sine(channels, 33333, 1000, rate);
        if (channels == 2)
            std::ranges::copy(sound.channel(0), sound.channel(1).begin());
        const auto result =
            separateFile(gains(44100, modelChannels), written(sound, rate), allInto(folder_), {}, ignore);
        const AudioReader reader(folder_ / "vocals.wav");
        QCOMPARE(reader.info().sampleRate, rate);
        QCOMPARE(reader.info().channels, channels);
        QCOMPARE(reader.info().frames, sound.frames());
        QVERIFY(loudestDifference(readAudio(folder_ / "vocals.wav"), sound, 0.75F, 2000) < 1e-4);
        QVERIFY(*result->nullTestDecibels < -140);
    }
    void restAloneIsWithoutAllStems() {
        const AudioBuffer sound = test::noise(2, 5000, 7);
        const StemOutput output{folder_, {restName}, AudioContainer::Wav, SampleEncoding::Float};
        const auto result = separateFile(gains(), written(sound, 44100), output, {}, ignore);
        QVERIFY(!result->nullTestDecibels);
        const AudioBuffer rest = readAudio(folder_ / "rest.wav");
        for (std::size_t i = 0; i < rest.samples().size(); ++i)
            QCOMPARE(rest.samples()[i], 0.125F * sound.samples()[i]);
    }
    void clippingIsTold() {
        AudioBuffer sound = test::noise(2, 5000, 7);
        sound.channel(0)[100] = 1.5F;
        ChunkModel louder = gains();
        const auto result =
            separateFile(louder, written(sound, 44100), allInto(folder_, SampleEncoding::Pcm24), {}, ignore);
        QCOMPARE(result->clippedSamples, 1);
    }
    void blocksOfAnySizeGiveTheSame() {
        const AudioBuffer sound = test::noise(2, 20000, 7);
        std::vector<std::vector<float>> results;
        for (std::int64_t block : {999, 7000, 20000}) {
            StreamSeparator separator(gains(48000), 44100, 2, "sound");
            std::vector<float> left;
            const auto take = [&left](const std::vector<AudioBuffer>& stems) {
                left.insert(left.end(), stems[0].channel(0).begin(), stems[0].channel(0).end());
            };
            for (std::int64_t begin = 0; begin < sound.frames(); begin += block) {
                AudioBuffer part(2, std::min(block, sound.frames() - begin));
                for (int c = 0; c < 2; ++c)
                    std::ranges::copy(sound.channel(c).subspan(begin, part.frames()),
                                      part.channel(c).begin());
                take(separator.process(part));
            }
            take(separator.finish());
            QCOMPARE(std::ssize(left), sound.frames());
            results.push_back(left);
        }
        QCOMPARE(results[0], results[1]);
        QCOMPARE(results[0], results[2]);
    }
    void aStopLeavesNothing() {
        std::stop_source stop;
        ChunkModel model = gains();
        const auto plain = model.separate;
        model.separate = [&](const AudioBuffer& chunk) {
            stop.request_stop();
            return plain(chunk);
        };
        const auto result = separateFile(model, written(test::noise(2, 50000, 1), 44100), allInto(folder_),
                                         stop.get_token(), ignore);
        QVERIFY(!result);
        QVERIFY(isEmpty(folder_));
    }
    void aFaultLeavesNothing() {
        ChunkModel model = gains();
        model.separate = [](const AudioBuffer& chunk) {
            std::vector<AudioBuffer> stems(2, chunk);
            stems[1].channel(0)[0] = NAN;
            return stems;
        };
        const fs::path input = written(test::noise(2, 9000, 1), 44100);
        QVERIFY_EXCEPTION_THROWN(separateFile(model, input, allInto(folder_), {}, ignore), Error);
        QVERIFY(isEmpty(folder_));
    }
    void aFileThatIsNotFiniteIsNamed() {
        // 0.25 s in; the second is in another block, and counted too.
        AudioBuffer sound = test::noise(2, 40000, 1);
        sound.channel(0)[12000] = NAN;
        sound.channel(1)[39999] = NAN;
        const fs::path input = written(sound, 48000);
        const std::string message =
            test::errorOf([&] { separateFile(gains(), input, allInto(folder_), {}, ignore); });
        QVERIFY2(message.starts_with(input.string() + ": 2 samples from 0.250 s on are not numbers"),
                 message.c_str());
        QVERIFY(isEmpty(folder_));
    }
    void stemNamesLeaveNoFolder() {
        ChunkModel model = gains();
        model.stems = {"../../outside", "/absolute"};
        const fs::path input = written(test::noise(2, 9000, 1), 44100);
        StemOutput output = allInto(folder_);
        output.stems = {"../../outside", "/absolute", restName};
        const auto result = separateFile(model, input, output, {}, ignore);
        QVERIFY(result);
        for (const fs::path& path : result->paths)
            QCOMPARE(path.parent_path(), folder_);
        QVERIFY(fs::exists(folder_ / "_absolute.wav") && fs::exists(folder_ / "___.._outside.wav"));
    }
    void stemsThatWouldBeOneFileAreRefused() {
        ChunkModel model = gains();
        model.stems = {"a/b", "a_b"};
        const fs::path input = written(test::noise(2, 9000, 1), 44100);
        StemOutput output = allInto(folder_);
        for (const std::vector<std::string>& stems :
             {std::vector<std::string>{"a/b", "a_b"}, {"a_b", "a_b"}, {restName, restName}}) {
            output.stems = stems;
            QVERIFY_EXCEPTION_THROWN(separateFile(model, input, output, {}, ignore), Error);
        }
        QVERIFY(isEmpty(folder_));
    }
    void badRequestsAreRefused() {
        const fs::path input = written(test::noise(2, 9000, 1), 44100);
        StemOutput output = allInto(folder_);
        output.stems = {"bass"};
        QVERIFY_EXCEPTION_THROWN(separateFile(gains(), input, output, {}, ignore), Error);
        output = allInto(folder_, SampleEncoding::Float, AudioContainer::Flac);
        QVERIFY_EXCEPTION_THROWN(separateFile(gains(), input, output, {}, ignore), Error);
        output = allInto(folder_ / "missing");
        QVERIFY_EXCEPTION_THROWN(separateFile(gains(), input, output, {}, ignore), Error);
        const fs::path surround = written(test::noise(6, 100, 1), 44100, "surround.wav");
        QVERIFY_EXCEPTION_THROWN(separateFile(gains(), surround, allInto(folder_), {}, ignore), Error);
        QVERIFY(isEmpty(folder_));
    }
};

HEADROOM_TEST_MAIN(TestSeparateFile)
#include "tst_separate_file.moc"
