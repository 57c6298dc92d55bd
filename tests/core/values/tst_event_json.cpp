// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/support/error.h"
#include "core/values/event_fields.h"
#include "core/values/event_json.h"
#include "tests/support/strict_main.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <bit>
#include <clocale>
#include <cmath>
#include <limits>
#include <random>

using namespace headroom;

namespace {

/// Fills the fields of an event with random values, including extreme ones.
class RandomFields {
public:
    explicit RandomFields(std::uint64_t seed) : generator_(seed) {}

    void operator()(const char*, bool& field) { field = below(2) == 1; }
    void operator()(const char*, int& field) { field = static_cast<int>(generator_()); }
    void operator()(const char*, std::int64_t& field) { field = static_cast<std::int64_t>(generator_()); }
    void operator()(const char*, double& field) {
        constexpr double infinity = std::numeric_limits<double>::infinity();
        const double chosen[] = {0.0, -0.0, infinity, -infinity, std::nan(""), 5e-324, 1.7976931348623157e308,
                                 0.1};
        field = below(2) == 0 ? chosen[below(8)] : std::bit_cast<double>(generator_());
        if (std::isnan(field))
            field = std::nan("");
    }
    template <typename Value>
    void operator()(const char*, std::optional<Value>& field) {
        if (below(3) != 0)
            (*this)("", field.emplace());
    }
    void operator()(const char*, MemoryUse& field) { visitFields(field, *this); }
    void operator()(const char*, std::string& field) {
        const char* const pieces[] = {"a", "\"", "\\", "\n", "한글", "😀", "/", "\t", "", "ü", "\x01", "\x7f"};
        for (std::size_t i = below(6); i > 0; --i)
            field += pieces[below(12)];
    }
    template <typename Element>
    void operator()(const char*, std::vector<Element>& field) {
        for (std::size_t i = below(4); i > 0; --i)
            (*this)("", field.emplace_back());
    }
    void operator()(const char*, std::map<std::string, StemScore>& field) {
        for (std::size_t i = below(4); i > 0; --i) {
            std::string stem;
            (*this)("", stem);
            visitFields(field[stem], *this);
        }
    }
    EventTime time() {
        constexpr std::uint64_t untilYear10000 = 253402300800000;
        return EventTime(std::chrono::milliseconds(generator_() % untilYear10000));
    }

private:
    std::size_t below(std::size_t limit) { return generator_() % limit; }
    std::mt19937_64 generator_;
};

template <std::size_t Index>
TrainingEvent randomEvent(RandomFields& random) {
    std::variant_alternative_t<Index, TrainingEvent> event;
    visitFields(event, random);
    return event;
}

template <std::size_t... Index>
std::vector<TrainingEvent> oneOfEach(RandomFields& random, std::index_sequence<Index...>) {
    return {randomEvent<Index>(random)...};
}

std::vector<TrainingEvent> oneOfEach(RandomFields& random) {
    return oneOfEach(random, std::make_index_sequence<std::variant_size_v<TrainingEvent>>());
}

QJsonObject object(const std::string& line) {
    QJsonParseError error{};
    const auto document = QJsonDocument::fromJson(QByteArray::fromStdString(line), &error);
    return error.error == QJsonParseError::NoError ? document.object() : QJsonObject();
}

} // namespace

class TestEventJson : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void roundTripsEveryEvent() {
        for (std::uint64_t seed = 0; seed < 200; ++seed) {
            RandomFields random(seed);
            for (const TrainingEvent& event : oneOfEach(random)) {
                const EventTime time = random.time();
                const std::string line = toJsonLine(event, time);
                QVERIFY(line.find('\n') == std::string::npos);
                const TimedEvent back = fromJsonLine(line);
                QCOMPARE(back.event.index(), event.index());
                QVERIFY(back.time == time);
                // Comparing the text also compares NaN and the sign of zero.
                QCOMPARE(toJsonLine(back.event, back.time), line);
            }
        }
    }
    void otherParsersReadEveryLine() {
        RandomFields random(1);
        for (const TrainingEvent& event : oneOfEach(random)) {
            const QJsonObject json = object(toJsonLine(event, EventTime{}));
            QVERIFY(json.contains(QStringLiteral("event")));
            QCOMPARE(json[QStringLiteral("time")].toString(), QStringLiteral("1970-01-01T00:00:00.000Z"));
        }
    }
    void writesStepInTheJournalFormat() {
        StepDone step{.step = 3, .update = 1, .epoch = 1, .loss = 0.5, .learningRate = 5e-4};
        step.dataSeconds = std::nan("");
        QCOMPARE(
            toJsonLine(step, EventTime(std::chrono::milliseconds(1769860800123))),
            std::string(R"({"event":"step","time":"2026-01-31T12:00:00.123Z","step":3,"update":1,"epoch":1,)"
                        R"("loss":0.5,"learning_rate":0.0005,"grad_norm":null,"data_seconds":"NaN",)"
                        R"("forward_seconds":0.0,"backward_seconds":0.0,"update_seconds":0.0,)"
                        R"("examples_per_second":0.0,"eta_seconds":0.0,"memory":null})"));
        const QJsonObject json =
            object(toJsonLine(ValidationDone{.step = 9, .stems = {{"vocals", {.cSdr = 3.25}}}}, EventTime{}));
        QCOMPARE(json[QStringLiteral("stems")][QStringLiteral("vocals")][QStringLiteral("cSDR")].toDouble(),
                 3.25);
        QVERIFY(json[QStringLiteral("stems")][QStringLiteral("vocals")][QStringLiteral("uSDR")].isNull());
    }
    void numbersDoNotDependOnTheLocale() {
        const std::string before = std::setlocale(LC_ALL, nullptr);
        for (const char* locale : {"de_DE.UTF-8", "ko_KR.UTF-8", "tr_TR.UTF-8"})
            std::setlocale(LC_ALL, locale); // has no effect if not installed
        const std::string line = toJsonLine(StepDone{.loss = 1234567.5}, EventTime{});
        std::setlocale(LC_ALL, before.c_str());
        QVERIFY(line.find("1234567.5") != std::string::npos);
    }
    void invalidUtf8StillGivesValidJson() {
        QVERIFY(!object(toJsonLine(Notice{"a\xff.wav"}, EventTime{})).isEmpty());
    }
    void refusesOtherLines() {
        for (const char* line :
             {"", "{", "[]", "3", "null", R"({"event":"step"})", R"({"event":"paused","step":1})",
              R"({"event":"paused","time":"2026-01-31T12:00:00.123Z"})",
              R"({"event":"paused","time":"2026-01-31T12:00:00.123Z","step":1.5})",
              R"({"event":"paused","time":"2026-01-31T12:00:00.123Z","step":"1"})",
              R"({"event":"paused","time":"2026-02-31T12:00:00.123Z","step":1})",
              R"({"event":"paused","time":"2026-01-31 12:00:00.123Z","step":1})",
              R"({"event":"jump","time":"2026-01-31T12:00:00.123Z","step":1})",
              R"({"event":5,"time":"2026-01-31T12:00:00.123Z","step":1})"})
            QVERIFY_THROWS_EXCEPTION(Error, fromJsonLine(line));
    }
    void skipsTornAndDamagedLines() {
        const std::string good = toJsonLine(Paused{4}, EventTime{}) + "\n";
        const EventLines lines = fromJsonLines(good + "garbage\n" + good + good.substr(0, 20));
        QCOMPARE(lines.events.size(), std::size_t{2});
        QCOMPARE(lines.notes.size(), std::size_t{2});
        QVERIFY(lines.notes[0].find("Line 2 ") == 0);
        QVERIFY(lines.notes[1].find("Line 4 is incomplete") == 0);
        QVERIFY(fromJsonLines("").notes.empty());
    }
};

HEADROOM_TEST_MAIN(TestEventJson)
#include "tst_event_json.moc"
