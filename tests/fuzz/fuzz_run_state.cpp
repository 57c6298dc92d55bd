#include "core/support/error.h"
#include "core/train/run_state_json.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

/// Any text is the state of a run or an Error. What was read is written and read again as the same text.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    try {
        const headroom::ResumeState state =
            headroom::runStateFromJson(std::string(reinterpret_cast<const char*>(data), size));
        const std::string text = headroom::runStateToJson(state);
        if (headroom::runStateToJson(headroom::runStateFromJson(text)) != text)
            std::abort();
    } catch (const headroom::Error&) { // refused
    }
    return 0;
}
