// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QObject>
#include <QString>

namespace headroom::ui {

class ConfigModel;
class DatasetBridge;

/// Synthesizes the demo songs in the user's data folder, once, and sets the demo preset with these songs as
/// the configuration. GUI thread.
class DemoStart : public QObject {
    Q_OBJECT

public:
    /// @param dataset, config outlive this
    DemoStart(DatasetBridge& dataset, ConfigModel& config);

    void start();
    bool busy() const;
    /// "Synthesizing song 3 of 8"; empty unless busy().
    const QString& progress() const { return progress_; }

Q_SIGNALS:
    /// busy() or progress() changed.
    void changed();
    /// The demo configuration is set.
    void ready();
    void failed(const QString& message);

private:
    void useSongs(const QString& folder);

    DatasetBridge& dataset_;
    ConfigModel& config_;
    QString progress_;
};

} // namespace headroom::ui
