// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
/// The responsiveness of the window under full load: training on the demo songs, dragged sliders, and
/// repeated separation of a song. The song plays for the first half of the time; the charts are shown for the
/// second half. Prints a line of JSON.
///     bench_studio [--seconds N]
#include "app/studio/engine_services.h"
#include "core/engine/start_engine.h"
#include "core/support/malloc_trim.h"
#include "core/support/openmp_spin.h"
#include "tests/support/sound_server.h"
#include "ui/configuration/option_row.h"
#include "ui/configuration/option_slider.h"
#include "ui/data/demo_button.h"
#include "ui/listen/listen_page.h"
#include "ui/theme/theme.h"
#include "ui/training/training_page.h"
#include "ui/window/listen_controller.h"
#include "ui/window/main_window.h"
#include "ui/window/studio.h"
#include "ui/window/training_controller.h"

#include <CLI/CLI.hpp>
#include <QApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QMetaEnum>
#include <QSettings>
#include <QTest>
#include <fmt/format.h>

#include <algorithm>
#include <clocale>
#include <cmath>
#include <ctime>
#include <functional>
#include <map>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

using namespace headroom;
using namespace headroom::ui;

namespace {

double threadSeconds() {
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

/// Receiver and type of an event. Created before the event is handled, which may destroy the receiver.
struct Handler {
    Handler(const QObject& object, const QEvent& event)
        : receiver(object.metaObject()->className()), name(object.objectName()), type(event.type()) {
        const QObject* above = object.parent();
        while (above != nullptr && QLatin1String(above->metaObject()->className()).startsWith('Q'))
            above = above->parent(); // skip Qt's classes: ours are more specific
        owner = above == nullptr ? "" : above->metaObject()->className();
    }

    bool operator<(const Handler& other) const {
        return std::tie(receiver, owner, name, type) <
               std::tie(other.receiver, other.owner, other.name, other.type);
    }

    /// "QTimer of headroom::ui::Player, Timer"
    std::string text() const {
        const char* known = QMetaEnum::fromType<QEvent::Type>().valueToKey(type);
        return fmt::format("{}{}{}{}, {}", receiver, name.isEmpty() ? "" : " " + name.toStdString(),
                           *owner == '\0' ? "" : " of ", owner, known == nullptr ? "event" : known);
    }

    const char* receiver; ///< its class
    const char* owner;    ///< class; empty: none
    QString name;
    QEvent::Type type;
};

/// An application that measures the CPU time of each event.
class TimedApplication : public QApplication {
public:
    using QApplication::QApplication;

    bool notify(QObject* receiver, QEvent* event) override {
        if (!measures || depth_ > 0) // nested in another event
            return QApplication::notify(receiver, event);
        const Handler handler(*receiver, *event);
        ++depth_;
        const double begin = threadSeconds();
        const bool done = QApplication::notify(receiver, event);
        const double took = threadSeconds() - begin;
        --depth_;
        Cost& cost = costs_[handler];
        cost.longest = std::max(cost.longest, took);
        cost.all += took;
        if (took > 0.05)
            ++tooLong;
        return done;
    }

    struct Cost {
        double longest = 0; ///< seconds
        double all = 0;     ///< seconds
    };

    /// A JSON object of the most expensive handlers, most expensive first.
    std::string most(double Cost::*cost, double unit) const {
        std::vector<std::pair<double, std::string>> all;
        for (const auto& [handler, each] : costs_)
            all.emplace_back(each.*cost, handler.text());
        std::ranges::sort(all, std::greater());
        constexpr std::size_t maxHandlers = 8;
        all.resize(std::min(all.size(), maxHandlers));
        std::string text;
        for (const auto& [took, name] : all)
            text += fmt::format(R"({}"{}":{:.1f})", text.empty() ? "" : ",", name, took / unit);
        return '{' + text + '}';
    }

    bool measures = false;
    int tooLong = 0;

private:
    std::map<Handler, Cost> costs_;
    int depth_ = 0;
};

/// Measures the lateness of a periodic timer in milliseconds.
class Heartbeat : public QObject {
public:
    Heartbeat() {
        constexpr int period = 20;
        timer_.setTimerType(Qt::PreciseTimer);
        timer_.setInterval(period);
        connect(&timer_, &QTimer::timeout, this, [this] {
            const double now = static_cast<double>(clock_.nsecsElapsed()) * 1e-6;
            late.push_back(std::max(0.0, now - last_ - period));
            last_ = now;
        });
    }
    void start() {
        clock_.start();
        timer_.start();
    }
    std::vector<double> late;

private:
    QTimer timer_;
    QElapsedTimer clock_;
    double last_ = 0;
};

double quantile(std::vector<double> values, double share) {
    if (values.empty())
        return 0;
    std::ranges::sort(values);
    return values[static_cast<std::size_t>(share * static_cast<double>(values.size() - 1))];
}

bool waitFor(const std::function<bool()>& condition, int ms = 300000) {
    return QTest::qWaitFor(condition, ms);
}

/// Runs an event loop. QTest::qWait() would sleep between events, which would count as lateness.
void runFor(int ms) {
    QEventLoop loop;
    QTimer::singleShot(ms, Qt::PreciseTimer, &loop, &QEventLoop::quit);
    loop.exec();
}

/// The number of gaps in a recording: at least 2 ms of digital silence between its first and last sound.
int gaps(const std::vector<float>& heard) {
    constexpr int least = 2 * 88;
    const auto isSound = [](float sample) { return sample != 0; };
    const auto first = std::ranges::find_if(heard, isSound);
    const auto last = std::find_if(heard.rbegin(), heard.rend(), isSound).base();
    int count = 0;
    int zeros = 0;
    for (auto at = first; at < last; ++at) {
        zeros = *at == 0 ? zeros + 1 : 0;
        if (zeros == least)
            ++count;
    }
    return count;
}

struct Bench {
    Theme theme{Theme::Mode::Dark};
    Studio studio{app::engineServices(), theme};
    test::SoundServer server;

    RunModel& run() { return studio.training()->run(); }
    ListenPage& listen() { return studio.listen()->page(); }
    std::int64_t memorySamples() {
        const BucketedSeries& memory = run().history().memory();
        std::int64_t count = 0;
        for (std::size_t bucket = 0; bucket < memory.buckets(); ++bucket)
            count += memory.at(RunHistory::Allocated, bucket).count;
        return count;
    }

    /// Creates the demo songs and starts a run on them; returns after its first checkpoint.
    bool begin() {
        if (const QString missing = server.start(); !missing.isEmpty()) {
            fmt::print(stderr, "{}\n", missing.toStdString());
            return false;
        }
        if (!waitFor([&] { return server.answers(); }))
            return false;
        studio.window().show();
        studio.window().showPage(&studio.training()->page());
        auto* demo = studio.training()->page().findChild<DemoButton*>();
        demo->click();
        if (!waitFor([&] { return run().history().step() >= 5; }))
            return false;
        run().saveNow();
        return waitFor([&] { return run().history().lastSave().has_value(); });
    }

    bool play() {
        studio.listen()->listenTo(run().folder(), run().history().step());
        if (!waitFor([&] { return listen().model().slot(0).share() > 0.2; }))
            return false;
        studio.window().showConfiguration();
        // The mixture is never silent, so silence is a gap.
        listen().model().setSolo(0, true, true);
        server.record();
        if (!waitFor([&] { return server.recorded() > 0; }))
            return false;
        listen().axis().select(TimeAxis::Range{4 * 44100, 8 * 44100});
        QTest::keyClick(&listen(), Qt::Key_L);
        QTest::keyClick(&listen(), Qt::Key_Space);
        return true;
    }
};

/// Drags one slider after the other back and forth.
class Dragger : public QObject {
public:
    explicit Dragger(MainWindow& window) {
        for (OptionRow* row : window.findChildren<OptionRow*>()) {
            auto* slider = row->findChild<OptionSlider*>();
            if (slider != nullptr && slider->isVisibleTo(&window))
                sliders_.push_back(slider);
        }
        constexpr int period = 40;
        timer_.setInterval(period);
        connect(&timer_, &QTimer::timeout, this, &Dragger::move);
        timer_.start();
    }

private:
    void move() {
        constexpr int moves = 24;
        OptionSlider& slider = *sliders_[static_cast<std::size_t>(count_ / moves) % sliders_.size()];
        const int step = count_++ % moves;
        if (step == 0) {
            start_ = slider.value();
            slider.setSliderDown(true);
        }
        const int span = std::max(1, (slider.maximum() - slider.minimum()) / 4);
        const double phase = std::sin(2 * M_PI * step / (moves - 1));
        slider.setSliderPosition(start_ + static_cast<int>(std::lround(span * phase)));
        if (step == moves - 1) {
            slider.setSliderPosition(start_);
            slider.setSliderDown(false);
        }
    }

    std::vector<OptionSlider*> sliders_;
    QTimer timer_;
    int count_ = 0;
    int start_ = 0;
};

} // namespace

int main(int argc, char** argv) {
    limitOpenMpSpin(argv);
    CLI::App options("The responsiveness of the window under full load.");
    int seconds = 60;
    options.add_option("--seconds", seconds, "duration")->capture_default_str()->check(CLI::Range(5, 3600));
    CLI11_PARSE(options, argc, argv);

    disableMallocTrim();
    startEngine();
    TimedApplication application(argc, argv);
    std::setlocale(LC_NUMERIC, "C");
    QApplication::setApplicationName(QStringLiteral("headroom-studio"));
    const QTemporaryDir folder;
    QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, folder.path());
    QDir::setCurrent(folder.path()); // the run folder is created there
    Bench bench;
    if (!bench.begin() || !bench.play()) {
        fmt::print(stderr, "nothing to measure: {}\n", bench.listen().player().problem().toStdString());
        return 1;
    }
    const std::int64_t firstStep = bench.run().history().step();
    const std::int64_t firstSample = bench.memorySamples();
    int separations = 0;
    Dragger dragger(bench.studio.window());
    QTimer again;
    QObject::connect(&again, &QTimer::timeout, &application, [&] {
        SourceSlot& slot = bench.listen().model().slot(0);
        if (slot.state() == SourceSlot::State::Ready) {
            slot.retry();
            ++separations;
        }
    });
    again.start(1000);
    Heartbeat heartbeat;
    heartbeat.start();
    application.measures = true;
    runFor(seconds * 500);
    const std::vector<float> heard = bench.server.recording();
    bench.studio.window().showPage(&bench.studio.training()->page());
    bench.studio.window().showConfiguration();
    runFor(seconds * 500);
    application.measures = false;
    fmt::print(
        R"({{"bench":"studio","seconds":{},"steps":{},"separations":{},"heartbeats":{},)"
        R"("late_p99_ms":{:.1f},"late_max_ms":{:.1f},"slowest_handlers_ms":{},"busiest_handlers_s":{},)"
        R"("handlers_over_50_ms":{},"memory_samples_per_s":{:.1f},"sound_s":{:.1f},"sound_gaps":{}}})"
        "\n",
        seconds, bench.run().history().step() - firstStep, separations, heartbeat.late.size(),
        quantile(heartbeat.late, 0.99), quantile(heartbeat.late, 1),
        application.most(&TimedApplication::Cost::longest, 1e-3),
        application.most(&TimedApplication::Cost::all, 1), application.tooLong,
        static_cast<double>(bench.memorySamples() - firstSample) / seconds,
        static_cast<double>(heard.size()) / 88200, gaps(heard));
    bench.run().stop();
    waitFor([&] { return !bench.run().running(); });
}
