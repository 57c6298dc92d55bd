// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/config/run_config.h"
#include "tests/support/scripted_listening.h"
#include "ui/bridge/listen_bridge.h"
#include "ui/listen/listen_page.h"
#include "ui/theme/theme.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <memory>
#include <vector>

namespace headroom::test {

/// A Listen page with scripted services and two checkpoints.
struct ListenFixture {
    ListenFixture() {
        auto listens = std::make_unique<ScriptedListening>();
        auto separates = std::make_unique<ScriptedSeparation>();
        listening = listens.get();
        separation = separates.get();
        listening->checkpoints = {{200, 20, false, {}}, {100, 10, true, {}}};
        bridge = std::make_unique<ui::ListenBridge>(std::move(listens), std::move(separates));
        page = std::make_unique<ui::ListenPage>(*bridge, theme);
        page->resize(1200, 800);
        page->show();
    }

    /// Opens the first song of the data set: mixture 0.6, vocals 0.2, drums 0.4.
    void openSong() {
        page->setDataset(QStringLiteral("/songs"), {});
        QTRY_VERIFY(page->model().song().isLoaded());
    }
    /// Separates with two sources, whose vocals have these sample values. The ground truth is 0.2.
    void compare(float a, float b) {
        openSong();
        for (const int which : {0, 1})
            page->model().slot(which).setSource(source(which));
        QCOMPARE(separation->jobs.size(), std::size_t{2});
        separation->finish(separation->jobs[0], a);
        separation->finish(separation->jobs[1], b);
        QTRY_VERIFY(page->model().slot(1).state() == ui::SourceSlot::State::Ready);
        QTRY_VERIFY(page->model().metering(1).sdr() && page->model().metering(1).loudness());
    }
    static ui::ListenSource source(int which) {
        ui::ListenSource source;
        source.kind = ui::ListenSource::Kind::Model;
        source.model.run = "/runs/first";
        source.model.step = which;
        source.title = QStringLiteral("Epoch %1").arg(which);
        return source;
    }
    ui::ListenModel& model() { return page->model(); }
    void key(int key, Qt::KeyboardModifiers modifiers = {}) {
        QTest::keyClick(page.get(), static_cast<Qt::Key>(key), modifiers);
    }
    /// A sample of the mixer output after its fade-in.
    float output() {
        Mixer& mixer = page->player().mixer();
        mixer.play();
        std::vector<float> out(2 * 100);
        mixer.render(out);
        mixer.stop();
        return out[198];
    }
    int laneOf(ui::Lane::Role role) {
        const auto& lanes = model().lanes();
        const auto found = std::ranges::find(lanes, role, &ui::Lane::role);
        return found == lanes.end() ? -1 : static_cast<int>(found - lanes.begin());
    }

    ui::Theme theme{ui::Theme::Mode::Dark};
    ScriptedListening* listening = nullptr;
    ScriptedSeparation* separation = nullptr;
    std::unique_ptr<ui::ListenBridge> bridge;
    std::unique_ptr<ui::ListenPage> page;
};

inline bool near(double a, double b) {
    return std::abs(a - b) < 1e-4;
}

} // namespace headroom::test
