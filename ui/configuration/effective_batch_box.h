#pragma once

#include <QFrame>

class QLabel;
class QToolButton;

namespace headroom::ui {

class ConfigModel;
class OptionRow;

/// Batch size and accumulation, and between them the lock that holds their product. GUI thread.
class EffectiveBatchBox : public QFrame {
    Q_OBJECT

public:
    EffectiveBatchBox(ConfigModel& model, OptionRow* batch, OptionRow* accumulation);

private:
    void read();

    ConfigModel& model_;
    QToolButton* lock_;
    QLabel* product_;
};

} // namespace headroom::ui
