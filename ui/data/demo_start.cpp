// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/data/demo_start.h"

#include "ui/bridge/dataset_bridge.h"
#include "ui/configuration/config_model.h"
#include "ui/configuration/preferences.h"
#include "ui/configuration/presets.h"

#include <QDir>

#include <algorithm>

namespace headroom::ui {

DemoStart::DemoStart(DatasetBridge& dataset, ConfigModel& config) : dataset_(dataset), config_(config) {
    connect(&dataset_, &DatasetBridge::compositionProgressed, this, [this](int done, int total) {
        progress_ = tr("Synthesizing song %1 of %2").arg(std::min(done + 1, total)).arg(total);
        Q_EMIT changed();
    });
    connect(&dataset_, &DatasetBridge::composed, this, &DemoStart::useSongs);
    connect(&dataset_, &DatasetBridge::notComposed, this, [this](const QString& message) {
        progress_.clear();
        Q_EMIT changed();
        Q_EMIT failed(message);
    });
}

bool DemoStart::busy() const {
    return dataset_.composing();
}

void DemoStart::start() {
    if (busy())
        return;
    const QDir home(preferences::dataFolder());
    progress_ = tr("Synthesizing songs");
    dataset_.composeDemoSongs(home.filePath(QStringLiteral("demo-songs")));
    Q_EMIT changed();
}

void DemoStart::useSongs(const QString& folder) {
    const std::vector<Preset> all = presets();
    const auto demo = std::ranges::find(all, QStringLiteral("configs/demo.yaml"), &Preset::file);
    Q_ASSERT(demo != all.end());
    RunConfig config = demo->config;
    config.data.root = folder.toStdString();
    config.training.outputDir = config_.config().training.outputDir;
    config_.setBaseline(demo->title, demo->file, config);
    progress_.clear();
    Q_EMIT changed();
    Q_EMIT ready();
}

} // namespace headroom::ui
