#pragma once

#include <QObject>
#include <QString>

namespace headroom::ui {

class ConfigModel;
class DatasetBridge;

/// The quick way in: composes the demo songs, once, in the user's data folder, and makes them and the demo
/// preset the setting. GUI thread.
class DemoStart : public QObject {
    Q_OBJECT

public:
    /// @param dataset, config outlive this
    DemoStart(DatasetBridge& dataset, ConfigModel& config);

    void begin();
    bool busy() const;
    /// "Composing song 3 of 8"; empty while nothing is being composed.
    const QString& progress() const { return progress_; }

Q_SIGNALS:
    /// busy() or progress() changed.
    void changed();
    /// The setting is the demo's.
    void ready();
    void failed(const QString& message);

private:
    void take(const QString& folder);

    DatasetBridge& dataset_;
    ConfigModel& config_;
    QString progress_;
};

} // namespace headroom::ui
