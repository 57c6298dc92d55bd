#pragma once

#include <QPushButton>

namespace headroom::ui {

class DemoStart;

/// Begins with the demo songs, and says how far they are. GUI thread.
class DemoButton : public QPushButton {
    Q_OBJECT

public:
    /// @param demo outlives this
    explicit DemoButton(DemoStart& demo, QWidget* parent = nullptr);

private:
    void refresh();

    DemoStart& demo_;
};

} // namespace headroom::ui
